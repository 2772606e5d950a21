"""The closed vocabularies of plan format 1: what an option may be, in the order the format gives.

The words people see for them are in ``knowledge/vocabularies.yaml``; a test keeps the two in step.
"""

from typing import Final

VOCABULARIES: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(options.split())
    for name, options in {
        "status": "draft planned ongoing finished",
        "organisation_kind": "municipality region municipal_company joint_authority",
        "form": "citizen_dialogue user_dialogue statutory_consultation information participatory_budget",
        "topic": "physical_planning housing school care health_care culture_leisure safety environment energy traffic "
        "rural_development democracy budget other",
        "statutory": "pbl_detailed_plan pbl_comprehensive_plan environmental_assessment road_or_rail_plan "
        "national_minorities other",
        "consultation_relation": "before alongside instead same",
        "procedure": "standard extended simplified",
        "earlier_dialogues": "none some many",
        "yes_partly_no": "yes partly no",
        "facilitator": "neutral internal none",
        "amount": "low medium high very_high",
        "wording": "open yes_no leading",
        "answers": "many few one",
        "influenceable": "fully partly not_at_all",
        "concerns": "residents service_users both",
        "group_kind": "residents children youth parents older_people people_with_disabilities foreign_language "
        "newly_arrived low_turnout_area businesses associations users commuters national_minority working_age council "
        "other",
        "complexity": "simple complex",
        "complexity_sign": "linked_parts no_single_owner knowledge_missing strong_values unspoken_views returning_issue",
        "problem_definition": "open closed",
        "conflict": "none tension open_conflict threats",
        "goal_kind": "inform views ideas informed_advice joint_solution decision repair_relations learning vision "
        "evaluate",
        "goal_states": "result activity",
        "ladder": "information consultation dialogue influence co_decision",
        "process": "decision_basis development_work community_development none",
        "step": "problem ideas options proposal decision implementation evaluation",
        "decision_role": "prepares decides is_informed",
        "use_of_result": "follow_all follow_some inform_decision inspiration undecided not_used",
        "breadth": "narrow broad",
        "depth": "light deep",
        "selection": "open targeted invited random mixed",
        "ideal": "agree live_with_difference strengthen_group",
        "affected": "directly indirectly",
        "channel": "web social_media letter sms local_press poster school association outreach public_place "
        "open_meeting phone email",
        "adaptation": "evening_times daytime childcare interpreter easy_read sign_language accessible_venue "
        "neutral_venue analogue_alternative own_meeting own_feedback voluntary_told compensation travel safe_setting",
        "format": "physical digital hybrid",
        "venue": "neutral organiser participants religious_or_political",
        "informed_first": "elected staff press partners",
        "analysed_by": "own_officials other_officials external participants",
        "other_views": "forwarded noted nothing",
        "personal_data": "none handled not_handled",
        "fit": "poor fair good",
        "talk": "plenary small_groups individual none",
    }.items()
}

# Only these have an order that a rule may lean on (rule language, section 4).
SCALES: Final = frozenset({"ladder", "conflict", "earlier_dialogues", "step", "amount", "fit"})
