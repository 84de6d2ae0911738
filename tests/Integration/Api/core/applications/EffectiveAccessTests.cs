using Microsoft.Extensions.DependencyInjection;
using Postern.Applications.Access;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Applications;

/// <summary>Which applications a user may use and why, as the page of the user shows it.</summary>
public sealed class EffectiveAccessTests : IAsyncLifetime
{
    TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync();

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Names_what_decided_for_each_application()
    {
        using var admin = await server.SuperuserAsync();
        var ann = await server.AddUserAsync("effective-ann");
        var team = await server.AddGroupAsync("effective-team", members: ann);
        var others = await server.AddGroupAsync("effective-others");
        await admin.BindAsync(await admin.AddApplicationAsync("a-team"), $"\"group\":\"{team}\"", 0);
        await admin.BindAsync(await admin.AddApplicationAsync("b-others"), $"\"group\":\"{others}\"", 0);
        await admin.BindAsync(await admin.AddApplicationAsync("c-person"), $"\"user\":{ann.Pk}", 0);
        await admin.AddApplicationAsync("d-open");

        var root = new Caller(1, "root", IsSuperuser: true, CallerKind.User);
        (await AskAsync(root, ann)).ShouldBe(
            "a-team: Allowed by group effective-team. | b-others: Not allowed by group effective-others. | c-person: Allowed by user effective-ann. | d-open: Nothing is bound to it, so everybody may use it.");

        int few, many;
        using (var count = new StatementCount(server.Database))
        {
            await AskAsync(root, ann);
            few = count.Value;
        }
        for (var i = 0; i < 5; i++)
            await admin.BindAsync(await admin.AddApplicationAsync($"e-{i}"), $"\"group\":\"{team}\"", 0);
        await AskAsync(root, ann);
        using (var count = new StatementCount(server.Database))
        {
            await AskAsync(root, ann);
            many = count.Value;
        }
        many.ShouldBe(few);
    }

    [Fact]
    public async Task Needs_the_right_on_the_user_and_shows_reasons_to_those_who_may_change_applications()
    {
        using var admin = await server.SuperuserAsync();
        var bob = await server.AddUserAsync("effective-bob");
        await admin.BindAsync(await admin.AddApplicationAsync("z-hidden"), $"\"group\":\"{await server.AddGroupAsync("a secret name")}\"", 0);
        var role = await server.AddRoleAsync("effective viewer", $"authentik_core.view_user_applications:{bob.Pk}");
        var viewer = new Caller(999_999, "viewer", IsSuperuser: false, CallerKind.User) { Roles = [role] };
        var seen = await AskAsync(viewer, bob);
        seen.ShouldContain("z-hidden: Its bindings do not allow it.");
        seen.ShouldNotContain("secret");
        var other = await server.AddUserAsync("effective-other");
        (await AskAsync(viewer, other)).ShouldBe(new Fault.Forbidden().Message);
    }

    Task<string> AskAsync(Caller caller, Postern.Directory.Users.User user) => server.InScopeAsync(async services =>
    {
        var found = await services.GetRequiredService<FindEffectiveAccess>().ExecuteAsync(caller, user, http: null, TestContext.Current.CancellationToken);
        return found.Fault?.Message ?? string.Join(" | ", found.Value.Select(a => $"{a.Application.Slug}: {a.Reason}"));
    });
}
