using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.tasks;

/// <summary>What the server tells of itself.</summary>
public sealed class SystemTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Tells_of_itself_and_of_the_request_but_never_the_key_it_came_with()
    {
        using var root = await fixture.Server.SuperuserAsync();
        root.DefaultRequestHeaders.Add("X-Probe", "seen");
        var system = await root.GetApiAsync("admin/system/");
        system.Status.ShouldBe(HttpStatusCode.OK);
        system.Json["http_headers"]!["X-Probe"]!.ToString().ShouldBe("seen");
        system.Json["http_headers"]!["Authorization"].ShouldBeNull();
        system.Text.ShouldNotContain(root.DefaultRequestHeaders.Authorization!.Parameter!);
        system.Json["http_is_secure"]!.GetValue<bool>().ShouldBeFalse();
        system.Json["runtime"]!["authentik_version"]!.ToString().ShouldBe((await root.GetApiAsync("admin/version/")).Json["version_current"]!.ToString());
        system.Json["brand"]!.ToString().ShouldBe("Default brand");
    }

    [Fact]
    public async Task Needs_the_right_to_view_it()
    {
        (await fixture.Server.Program().GetApiAsync("admin/system/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await (await fixture.Server.WithRightsAsync("authentik_core.view_user")).GetApiAsync("admin/system/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await (await fixture.Server.WithRightsAsync("authentik_rbac.view_system_info")).GetApiAsync("admin/system/")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
