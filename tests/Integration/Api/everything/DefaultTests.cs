using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Everything;

/// <summary>What a new object is where nothing is said.</summary>
public sealed class DefaultTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("core/users/", """{"username":"d-1","name":"","email":"shared@example.org"}""",
        """{"is_active":true,"path":"users","type":"internal","attributes":{},"groups":[],"roles":[],"last_login":null,"is_superuser":false}""")]
    [InlineData("core/users/", """{"username":"d-2","name":"","email":"shared@example.org"}""", """{"email":"shared@example.org"}""")]
    [InlineData("core/users/", """{"username":"d-3","name":""}""", """{"email":""}""")]
    [InlineData("core/groups/", """{"name":"d"}""", """{"is_superuser":false,"attributes":{},"parents":[],"users":[],"roles":[],"children":[]}""")]
    [InlineData("core/tokens/", """{"identifier":"d"}""", """{"intent":"api","expiring":true,"description":"","managed":null}""")]
    [InlineData("core/brands/", """{"domain":"d.example.org"}""",
        """{"default":false,"branding_logo":"/static/dist/assets/icons/icon_left_brand.svg","branding_favicon":"/static/dist/assets/icons/icon.png","branding_custom_css":"","branding_default_flow_background":"/static/dist/assets/images/flow_background.jpg","flow_authentication":null,"flow_invalidation":null,"flow_recovery":null,"flow_unenrollment":null,"flow_user_settings":null,"flow_device_code":null,"flow_user_switch":null,"flow_lockdown":null,"flow_request":null,"default_application":null,"web_certificate":null,"client_certificates":[],"attributes":{}}""")]
    [InlineData("stages/user_login/", """{"name":"d"}""",
        """{"session_duration":"seconds=0","remember_me_offset":"seconds=0","remember_device":"days=30","terminate_other_sessions":false,"network_binding":"no_binding","geoip_binding":"no_binding"}""")]
    [InlineData("events/transports/", """{"name":"d"}""",
        """{"mode":"local","email_subject_prefix":"authentik Notification: ","email_template":"email/event_notification.html","send_once":false,"webhook_ca":null,"webhook_mapping_body":null,"webhook_mapping_headers":null}""")]
    [InlineData("events/rules/", """{"name":"d"}""", """{"severity":"notice","transports":[],"destination_group":null,"destination_group_obj":null,"destination_event_user":false}""")]
    public async Task Where_nothing_is_said_clients_find_what_they_know(string path, string body, string expected)
    {
        using var admin = await fixture.Server.SuperuserAsync();
        var made = await admin.PostApiAsync(path, body);
        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
            made.Member(name).ShouldBe(value?.ToJsonString() ?? "null", name);
    }
}
