-- What administrators did in somebody else's name.
CREATE INDEX event_on_behalf_of ON event (jsonb_extract_path_text("user", 'on_behalf_of', 'pk'), created DESC) WHERE jsonb_extract_path_text("user", 'on_behalf_of', 'pk') IS NOT NULL;
