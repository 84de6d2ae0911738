-- A flow that goes leaves its brands without one. Those that named one that is gone already are told so now.
UPDATE brand SET
    flow_authentication = (SELECT pk FROM flow WHERE pk = flow_authentication),
    flow_user_switch = (SELECT pk FROM flow WHERE pk = flow_user_switch),
    flow_invalidation = (SELECT pk FROM flow WHERE pk = flow_invalidation),
    flow_recovery = (SELECT pk FROM flow WHERE pk = flow_recovery),
    flow_unenrollment = (SELECT pk FROM flow WHERE pk = flow_unenrollment),
    flow_user_settings = (SELECT pk FROM flow WHERE pk = flow_user_settings),
    flow_device_code = (SELECT pk FROM flow WHERE pk = flow_device_code),
    flow_lockdown = (SELECT pk FROM flow WHERE pk = flow_lockdown),
    flow_request = (SELECT pk FROM flow WHERE pk = flow_request);

ALTER TABLE brand
    ADD FOREIGN KEY (flow_authentication) REFERENCES flow ON DELETE SET NULL,
    ADD FOREIGN KEY (flow_user_switch) REFERENCES flow ON DELETE SET NULL,
    ADD FOREIGN KEY (flow_invalidation) REFERENCES flow ON DELETE SET NULL,
    ADD FOREIGN KEY (flow_recovery) REFERENCES flow ON DELETE SET NULL,
    ADD FOREIGN KEY (flow_unenrollment) REFERENCES flow ON DELETE SET NULL,
    ADD FOREIGN KEY (flow_user_settings) REFERENCES flow ON DELETE SET NULL,
    ADD FOREIGN KEY (flow_device_code) REFERENCES flow ON DELETE SET NULL,
    ADD FOREIGN KEY (flow_lockdown) REFERENCES flow ON DELETE SET NULL,
    ADD FOREIGN KEY (flow_request) REFERENCES flow ON DELETE SET NULL;
