"""What each error of Slack's means for what was to be done: one table, every word in it once.

The words are those that Slack documents for the methods that the bot calls, common errors among them
(docs.slack.dev/reference/methods/<name>#errors), for response URLs
(docs.slack.dev/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks), and those that Slack is known to say
beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

Kind = Literal["token", "barred", "later", "unsure", "refused", "expired"]
"""*token*: Slack does not take the token, or the app is gone: no work at all. *barred*: not there, or not by the bot,
until a person changes that: nothing more is tried there, and one person is told once. *later*: nothing was done, and
it may be tried again. *unsure*: it may be done, wholly or in part: never again. *refused*: not this call as it is: a
mistake of ours, logged and told. *expired*: the person's click is too old: they try again, and nobody else is told.
"""

_WORDS: Final[Mapping[Kind, str]] = {
    "token": "account_inactive app_uninstalled invalid_auth invalid_token not_authed token_expired token_revoked",
    "barred": """
        access_denied accesslimited action_prohibited app_access_restricted cannot_dm_bot cannot_reply_to_message
        cant_post_message channel_is_archived channel_is_limited_access channel_not_found ekm_access_denied
        enterprise_is_restricted file_type_not_allowed file_uploads_disabled file_uploads_except_images_disabled
        forbidden forbidden_team is_archived is_inactive messages_tab_disabled
        method_not_supported_for_channel_type missing_scope no_active_hooks no_permission no_service no_service_id no_team
        not_allowed not_allowed_token_type not_enabled not_in_channel org_login_required
        org_user_not_in_team posting_to_channel_denied posting_to_general_channel_denied restricted_action
        restricted_action_non_threadable_channel restricted_action_read_only_channel restricted_action_thread_locked
        restricted_action_thread_only_channel slack_connect_team_blocked storage_limit_reached
        team_access_not_granted team_disabled team_not_found team_quota_exceeded thread_locked
        two_factor_setup_required user_disabled user_is_restricted user_is_ultra_restricted user_not_found
        user_not_in_channel user_not_visible
    """,
    "later": """
        external_channel_migrating list_record_comment_fetch_failed message_limit_exceeded rate_limited ratelimited
        team_added_to_org
    """,
    "unsure": "fatal_error internal_error no_response request_timeout rollup_error service_unavailable",
    "refused": """
        agent_prompt_display_not_allowed alt_txt_too_large as_user_not_supported attachment_payload_limit_exceeded
        bad_client_secret block_mismatch cannot_parse_attachment cant_broadcast_message cant_update_message channels_limit_exceeded
        client_id_token_mismatch invalid_client_id
        deprecated_endpoint edit_window_closed update_failed
        draft_already_deleted draft_already_sent draft_has_conflict draft_not_found duplicate_channel_not_found
        duplicate_external_id duplicate_message_not_found expired_url file_not_found file_update_failed
        file_upload_size_restricted hash_conflict insecure_request invalid_arg_name invalid_arguments
        invalid_array_arg invalid_attachments invalid_blocks invalid_blocks_format invalid_channel invalid_charset
        invalid_cursor invalid_form_data invalid_json invalid_limit invalid_metadata_filter_keys
        invalid_metadata_format invalid_metadata_schema invalid_payload invalid_post_type invalid_thread_ts
        invalid_ts_latest invalid_ts_oldest invalid_user_combination is_bot json_not_object limit_required
        markdown_text_conflict message_not_found metadata_must_be_sent_from_app metadata_too_large not_found
        method_deprecated missing_args missing_argument missing_charset missing_file_data missing_post_type
        missing_profile_id msg_blocks_too_long msg_too_long no_text not_enough_users not_implemented
        pagination_not_available push_limit_reached send_on_behalf_not_allowed
        slack_connect_blocked_file_type slack_connect_canvas_link_sharing_blocked
        slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked
        slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked
        slack_connect_lists_sharing_blocked snippet_too_large superfluous_charset thread_not_found
        too_many_attachments too_many_contact_cards too_many_users unknown_method unknown_snippet_type
        unknown_subtype upgrade_required used_url user_is_bot users_list_not_supplied view_too_large
    """,
    "expired": """
        exchanged_trigger_id expired_trigger_id invalid_trigger invalid_trigger_id trigger_exchanged trigger_expired
    """,
}

KINDS: Final[Mapping[Kind, frozenset[str]]] = MappingProxyType(
    {kind: frozenset(words.split()) for kind, words in _WORDS.items()}
)
"""Slack's words by what they mean."""

_KIND_OF: Final[Mapping[str, Kind]] = MappingProxyType(
    {word: kind for kind, words in KINDS.items() for word in words}
)


def kind_of(word: str) -> Kind:
    """Return what Slack's `word` for an error means; one that is not known refuses this call, and says no more."""
    return _KIND_OF.get(word, "refused")
