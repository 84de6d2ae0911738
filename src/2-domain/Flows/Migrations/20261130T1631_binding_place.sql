-- Moving a stage passes by numbers that another place of the same stage holds; what counts is where all end.
ALTER TABLE flow_stage_binding DROP CONSTRAINT flow_stage_binding_target_stage_order_key;
ALTER TABLE flow_stage_binding ADD CONSTRAINT flow_stage_binding_place UNIQUE (target, stage, "order") DEFERRABLE INITIALLY IMMEDIATE;
