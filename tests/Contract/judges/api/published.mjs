// The description that comes with the published client.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import yaml from 'yaml';
import { Description } from './description.mjs';

const root = path.dirname(createRequire(import.meta.url).resolve('@goauthentik/api/package.json'));
const document = yaml.parse(fs.readFileSync(path.join(root, 'schema.yml'), 'utf8'));

// Where it contradicts itself: the expansion of a reference that may be missing is missing too; one column has a pattern in some places only.
document.components.schemas.Invitation.properties.flow_obj.nullable = true;
delete document.components.schemas.PartialUser.properties.username.pattern;
delete document.components.schemas.UserSelf.properties.username.pattern;

export const published = new Description(document);
