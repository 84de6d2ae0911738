CREATE TABLE brand (
    pk uuid PRIMARY KEY,
    domain text NOT NULL CONSTRAINT brand_domain_key UNIQUE,
    "default" boolean NOT NULL,
    branding_title text NOT NULL,
    branding_logo text NOT NULL,
    branding_favicon text NOT NULL,
    branding_custom_css text NOT NULL,
    branding_default_flow_background text NOT NULL,
    branding_map_tiles text NOT NULL,
    flow_authentication uuid,
    flow_user_switch uuid,
    flow_invalidation uuid,
    flow_recovery uuid,
    flow_unenrollment uuid,
    flow_user_settings uuid,
    flow_device_code uuid,
    flow_lockdown uuid,
    flow_request uuid,
    default_application uuid,
    web_certificate uuid,
    client_certificates uuid[] NOT NULL,
    attributes jsonb NOT NULL
);
CREATE UNIQUE INDEX brand_single_default ON brand ("default") WHERE "default";
SELECT watch('brand');

CREATE TABLE system_settings (
    pk integer PRIMARY KEY CHECK (pk = 1),
    avatars text NOT NULL,
    default_user_change_name boolean NOT NULL,
    default_user_change_email boolean NOT NULL,
    default_user_change_username boolean NOT NULL,
    event_retention text NOT NULL,
    reputation_lower_limit integer NOT NULL,
    reputation_upper_limit integer NOT NULL,
    footer_links jsonb,
    gdpr_compliance boolean NOT NULL,
    impersonation boolean NOT NULL,
    impersonation_require_reason boolean NOT NULL,
    default_token_duration text NOT NULL,
    default_token_length integer NOT NULL,
    pagination_default_page_size integer NOT NULL,
    pagination_max_page_size integer NOT NULL,
    base_url text NOT NULL,
    flags jsonb NOT NULL,
    invitation_burn_on_open boolean NOT NULL
);
INSERT INTO system_settings VALUES (1, 'initials', true, false, false, 'days=365', -5, 5, '[]', true, true, true, 'days=1', 60, 20, 100, '',
    '{"core_default_app_access": true, "enterprise_audit_include_expanded_diff": false, "flows_continuous_login": false, "flows_refresh_others": false}', false);
SELECT watch('system_settings');

-- What this installation is told apart by.
CREATE TABLE installation (
    id uuid PRIMARY KEY
);
INSERT INTO installation VALUES (gen_random_uuid());
