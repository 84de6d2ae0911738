// Operations that are no plain create, read, change or delete: each with what it needs.
export async function apart({ attempt, last, settings, has }) {
  const call = async (operation, input) => (has(operation) ? (await attempt(operation, input), last(operation)) : undefined);

  const system = await call('admin_settings_retrieve');
  await call('admin_settings_partial_update', { body: {}, schema: 'PatchedSettingsRequest' });
  await call('admin_settings_update', { body: system, schema: 'SettingsRequest' });

  for (const kind of ['static', 'totp', 'email', 'webauthn']) {
    const schema = { static: 'StaticDevice', totp: 'TOTPDevice', email: 'EmailDevice', webauthn: 'WebAuthnDevice' }[kind];
    const device = await call(`authenticators_admin_${kind}_create`, { body: { name: 'spare' }, schema: `${schema}Request` });
    const path = { id: device?.pk };
    await call(`authenticators_${kind}_retrieve`, { path });
    await call(`authenticators_${kind}_used_by_list`, { path });
    await call(`authenticators_${kind}_partial_update`, { path, body: {}, schema: `Patched${schema}Request` });
    await call(`authenticators_${kind}_update`, { path, body: { name: 'renamed' }, schema: `${schema}Request` });
    await call(`authenticators_${kind}_destroy`, { path });
  }

  const robot = await call('core_users_service_account_create', { body: { name: `robot-${Date.now()}`, create_group: true }, schema: 'UserServiceAccountRequest' });
  const robots = { id: robot?.user_pk };
  await call('core_users_set_password_create', { path: robots, body: { password: 'Quite-a-long-1-password' }, schema: 'UserPasswordSetRequest' });
  await call('core_users_export_create');
  await call('events_events_export_create');
  const made = await call('reports_exports_list');
  if (made?.results?.[0]) {
    await call('reports_exports_retrieve', { path: { id: made.results[0].id } });
    await call('reports_exports_destroy', { path: { id: made.results[0].id } });
  }

  await call('flows_instances_execute_retrieve', { path: { slug: 'default-user-settings-flow' } });
  await call('flows_instances_export_retrieve', { path: { slug: 'default-authentication-flow' } });
  await call('flows_instances_diagram_retrieve', { path: { slug: 'default-authentication-flow' } });
  await call('flows_executor_get', { path: { flow_slug: 'default-authentication-flow' }, query: { query: '' } });
  await call('stages_prompt_prompts_preview_create', { body: { name: 'x', field_key: 'x', label: 'X', type: 'text' }, schema: 'PromptRequest' });
  await call('managed_blueprints_import_create', { query: { file: new Blob(['version: 1\nentries: []\n']) } });

  const pair = await call('crypto_certificatekeypairs_generate_create', { body: { common_name: 'made by the client', validity_days: 2 }, schema: 'CertificateGenerationRequest' });
  for (const part of ['certificate', 'private_key']) await call(`crypto_certificatekeypairs_view_${part}_retrieve`, { path: { kp_uuid: pair?.pk } });
  await call('crypto_certificatekeypairs_destroy', { path: { kp_uuid: pair?.pk } });

  const group = await call('core_groups_create', { body: { name: `members ${Date.now()}` }, schema: 'GroupRequest' });
  for (const verb of ['add', 'remove']) await call(`core_groups_${verb}_user_create`, { path: { group_uuid: group?.pk }, body: { pk: settings.user }, schema: 'UserAccountRequest' });
  const role = await call('rbac_roles_create', { body: { name: `holders ${Date.now()}` }, schema: 'RoleRequest' });
  await call('rbac_roles_add_user_create', { path: { uuid: role?.pk }, body: { pk: settings.user }, schema: 'UserAccountSerializerForRoleRequest' });
  await call('rbac_permissions_assigned_by_roles_assign', { path: { uuid: role?.pk }, body: { permissions: ['authentik_core.view_user'] }, schema: 'PermissionAssignRequest' });
  await call('rbac_permissions_assigned_by_roles_unassign_partial_update', { path: { uuid: role?.pk }, body: { permissions: ['authentik_core.view_user'] }, schema: 'PatchedPermissionAssignRequest' });
  await call('rbac_roles_remove_user_create', { path: { uuid: role?.pk }, body: { pk: settings.user }, schema: 'UserAccountSerializerForRoleRequest' });

  const source = await call('sources_oauth_create', {
    body: { name: 'elsewhere', slug: 'elsewhere', provider_type: 'openidconnect', consumer_key: 'client', consumer_secret: 'secret', oidc_well_known_url: 'https://id.example.org/.well-known/openid-configuration' },
    schema: 'OAuthSourceRequest',
  });
  const there = { source: source?.pk, identifier: 'somebody' };
  const connection = await call('sources_user_connections_oauth_create', { body: there, schema: 'UserOAuthSourceConnectionRequest' });
  for (const [verb, input] of [['retrieve', {}], ['used_by_list', {}], ['partial_update', { body: {}, schema: 'PatchedUserOAuthSourceConnectionRequest' }], ['update', { body: there, schema: 'UserOAuthSourceConnectionRequest' }], ['destroy', {}]]) {
    await call(`sources_user_connections_oauth_${verb}`, { path: { id: connection?.pk }, ...input });
  }
  await call('sources_oauth_destroy', { path: { slug: 'elsewhere' } });

  const token = await call('core_tokens_create', { body: { identifier: `client-${Date.now()}`, intent: 'api' }, schema: 'TokenRequest' });
  await call('core_tokens_view_key_retrieve', { path: { identifier: token?.identifier } });
  await call('core_tokens_set_key_create', { path: { identifier: token?.identifier }, body: { key: `${Date.now()}-quite-a-long-key-for-a-token` }, schema: 'TokenSetKeyRequest' });

  const policy = await call('policies_expression_create', { body: { name: `yes ${Date.now()}`, expression: 'return True' }, schema: 'ExpressionPolicyRequest' });
  await call('policies_all_test_create', { path: { policy_uuid: policy?.pk }, body: { user: settings.user }, schema: 'PolicyTestRequest' });
  await call('policies_all_destroy', { path: { policy_uuid: policy?.pk } });
  for (const cache of ['policies_all', 'flows_instances']) {
    await call(`${cache}_cache_info_retrieve`);
    await call(`${cache}_cache_clear_create`);
  }
  const transport = await call('events_transports_create', { body: { name: `local ${Date.now()}`, mode: 'local' }, schema: 'NotificationTransportRequest' });
  await call('events_transports_test_create', { path: { uuid: transport?.pk } });
  const notes = await call('events_notifications_list');
  if (notes?.results?.[0]) {
    const path = { uuid: notes.results[0].pk };
    await call('events_notifications_retrieve', { path });
    await call('events_notifications_partial_update', { path, body: { seen: true }, schema: 'PatchedNotificationRequest' });
    await call('events_notifications_update', { path, body: { seen: true }, schema: 'NotificationRequest' });
    await call('events_notifications_destroy', { path });
  }
  await call('events_notifications_mark_all_seen_create');
  const sessions = await call('core_authenticated_sessions_list');
  if (sessions?.results?.[0]) {
    const path = { uuid: sessions.results[0].uuid };
    await call('core_authenticated_sessions_retrieve', { path });
    await call('core_authenticated_sessions_used_by_list', { path });
    await call('core_authenticated_sessions_destroy', { path });
  }
  await call('core_authenticated_sessions_bulk_delete_destroy', { query: { user_pks: [robot?.user_pk] } });
}
