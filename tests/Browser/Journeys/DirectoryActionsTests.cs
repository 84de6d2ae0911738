using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Postern.Directory.Users;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>What administrators do in the directory, one thing after the other: by mouse on light pages, and by keys alone on dark ones.</summary>
public sealed class DirectoryActionsTests(BrowserFixture journey)
{
    const string Users = "/if/admin/directory/users/";

    [Theory]
    [InlineData("light", false)]
    [InlineData("dark", true)]
    public async Task Everything_is_done(string theme, bool keys)
    {
        await using var server = await TestServer.StartAsync();
        await using var window = await journey.OpenAsync(server, theme: theme);
        await SignIn.AsAdministratorAsync(window.Page);
        var hand = new Hand(window.Page, keys);
        var jane = await MakeAsync(hand, server);
        await BelongAsync(hand, jane);
        await LetInAsync(hand, server, jane);
        await OwnAsync(hand, server, jane);
        await ManyAsync(hand, server);
        await EndAsync(hand, server, jane);
        await TellAsync(hand, server);
        await ConfigureAsync(hand, server);
        window.Faults.ShouldBeEmpty();
    }

    /// <summary>Create in a folder, then edit.</summary>
    static async Task<int> MakeAsync(Hand hand, TestServer server)
    {
        await server.AddUserAsync("ann", u => u.Path = "school");
        await hand.Page.GotoAsync($"{Users}?folder=school");
        await hand.PressAsync(AriaRole.Link, "Create");
        await hand.TypeAsync("Username", "jane");
        await hand.TypeAsync("Name", "Jane");
        await hand.TypeAsync("Email address", "jane@example.org");
        await hand.PressAsync(AriaRole.Button, "Create");
        await SayAsync(hand, "User jane created.");
        var jane = await server.Database.ScalarAsync<int>("SELECT pk FROM \"user\" WHERE username = 'jane' AND path = 'school'");
        await hand.Page.GotoAsync($"{Users}{jane}/");
        await hand.PressAsync(AriaRole.Link, "Edit");
        await hand.TypeAsync("Name", "Jane Doe");
        await hand.PressAsync(AriaRole.Button, "Save");
        await SayAsync(hand, "User jane saved.");
        return jane;
    }

    /// <summary>Groups and roles: make them, join them, leave them.</summary>
    static async Task BelongAsync(Hand hand, int jane)
    {
        foreach (var (plural, one, tab, add) in new[] { ("groups", "Group", "groups", "Add to a group"), ("roles", "Role", "roles", "Assign a role") })
        {
            await hand.Page.GotoAsync($"/if/admin/directory/{plural}/");
            await hand.PressAsync(AriaRole.Link, "Create");
            await hand.TypeAsync("Name", $"helpers {plural}");
            await hand.PressAsync(AriaRole.Button, "Create");
            await SayAsync(hand, $"{one} helpers {plural} created.");
            await hand.Page.GotoAsync($"{Users}{jane}/?tab={tab}");
            await hand.ChooseAsync(add, $"helpers {plural}");
            await hand.PressAsync(AriaRole.Button, "Add");
            await SayAsync(hand, one is "Group" ? "Added to the group." : "Role assigned.");
            await LookAsync(hand, $"user-{tab}");
            await hand.PressAsync(AriaRole.Button, $"Remove helpers {plural}");
            await SayAsync(hand, one is "Group" ? "Removed from the group." : "Role removed.");
        }
    }

    /// <summary>What lets somebody back in or keeps them out, and acting as them.</summary>
    static async Task LetInAsync(Hand hand, TestServer server, int jane)
    {
        async Task AskAsync(string action)
        {
            await hand.Page.GotoAsync($"{Users}{jane}/");
            await hand.PressAsync(AriaRole.Link, action);
            await hand.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        }

        await AskAsync("Create recovery link");
        await LookAsync(hand, "recovery");
        await hand.PressAsync(AriaRole.Button, "Create link");
        await Assertions.Expect(hand.Page.GetByLabel("Recovery link", new() { Exact = true })).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("flow_token="));
        await LookAsync(hand, "recovery-link");
        await AskAsync("Email recovery link");
        await hand.ChooseAsync("Email stage", "default-recovery-email");
        await hand.PressAsync(AriaRole.Button, "Send email");
        await Assertions.Expect(hand.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM mail")).ShouldBeGreaterThan(0);
        await AskAsync("Set password");
        await hand.TypeAsync("New password", "a new pass phrase");
        await hand.PressAsync(AriaRole.Button, "Set password");
        await SayAsync(hand, "Password set. The user is signed out everywhere.");
        await AskAsync("Deactivate");
        await hand.PressAsync(AriaRole.Button, "Deactivate");
        await SayAsync(hand, "Deactivated and signed out everywhere.");
        await AskAsync("Activate");
        await hand.PressAsync(AriaRole.Button, "Activate");
        await SayAsync(hand, "Activated.");
        await AskAsync("Impersonate");
        await hand.TypeAsync("Reason", "ticket 12");
        await hand.PressAsync(AriaRole.Button, "Impersonate");
        await hand.Page.WaitForURLAsync("**/if/user/");
        await hand.PressAsync(AriaRole.Link, "Stop impersonation");
        await hand.Page.WaitForURLAsync($"**{Users}{jane}/");
    }

    /// <summary>What belongs to a user is seen and taken away.</summary>
    static async Task OwnAsync(Hand hand, TestServer server, int jane)
    {
        await server.AddSessionAsync(new User { Pk = jane });
        await server.Database.ExecuteAsync($"""
            INSERT INTO totp_device (user_pk, name, confirmed, created, last_updated, failures, seed, digits, last_step, drift) VALUES ({jane}, 'phone', true, now(), now(), 0, '', 6, 0, 0);
            INSERT INTO application (pk, name, slug, "group", meta_launch_url, open_in_new_tab, meta_icon, meta_description, meta_publisher, meta_hide, policy_engine_mode)
                VALUES (gen_random_uuid(), 'Wiki', 'wiki', '', '/wiki/', false, '', '', '', false, 'any');
            INSERT INTO user_consent (user_pk, application_pk, permissions) SELECT {jane}, pk, 'openid email' FROM application
            """);
        foreach (var (tab, name) in new[] { ("sessions", "Firefox on Linux"), ("explicit-consent", "Wiki"), ("mfa-authenticators", "phone") })
        {
            await hand.Page.GotoAsync($"{Users}{jane}/?tab={tab}");
            await LookAsync(hand, $"user-{tab}");
            await hand.PressAsync(AriaRole.Link, $"Delete {name}");
            await hand.PressAsync(AriaRole.Button, "Delete");
            await hand.Page.WaitForURLAsync($"**?tab={tab}");
            await Assertions.Expect(hand.Page.GetByRole(AriaRole.Link, new() { Name = $"Delete {name}" })).ToBeHiddenAsync();
        }
        await hand.Page.GotoAsync($"{Users}{jane}/?tab=oauth-refresh-tokens");
        await LookAsync(hand, "user-oauth-refresh-tokens");
    }

    /// <summary>A selection, and all that a search finds, are signed out.</summary>
    static async Task ManyAsync(Hand hand, TestServer server)
    {
        await server.Database.ExecuteAsync("""
            INSERT INTO "user" (uuid, username, name, email, path, type, is_active, attributes, password, password_change_date, date_joined, last_updated)
                SELECT gen_random_uuid(), 'many-' || lpad(n::text, 2, '0'), '', '', 'many', 'internal', true, '{}', '!', now(), now(), now() FROM generate_series(1, 25) n
            """);
        foreach (var name in new[] { "many-01", "many-02", "many-25" })
            await server.AddSessionAsync(new User { Pk = await server.Database.ScalarAsync<int>($"SELECT pk FROM \"user\" WHERE username = '{name}'") });
        await hand.Page.GotoAsync($"{Users}?folder=many");
        await hand.TickAsync("Select many-01");
        await LookAsync(hand, "users-chosen");
        await hand.PressAsync(AriaRole.Button, "Revoke sessions");
        await LookAsync(hand, "users-revoke");
        await hand.PressAsync(AriaRole.Button, "Revoke");
        await DoneAsync(hand, server, "1 of 1");
        await hand.Page.GotoAsync($"{Users}?folder=many");
        await hand.PressAsync(hand.Page.GetByText("All 25 found").First);
        await hand.PressAsync(AriaRole.Link, "Revoke sessions");
        await Assertions.Expect(hand.Page.GetByText("Revoke the sessions of 25 users?").First).ToBeVisibleAsync();
        await hand.PressAsync(AriaRole.Button, "Revoke");
        await DoneAsync(hand, server, "25 of 25");
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM session JOIN \"user\" ON \"user\".pk = user_pk WHERE path = 'many'")).ShouldBe(0);
    }

    /// <summary>Into the recycle bin, back, in again, and gone.</summary>
    static async Task EndAsync(Hand hand, TestServer server, int jane)
    {
        async Task BinAsync()
        {
            await hand.Page.GotoAsync($"{Users}{jane}/");
            await hand.PressAsync(AriaRole.Link, "Delete");
            await hand.PressAsync(AriaRole.Button, "Delete");
            await SayAsync(hand, "User jane is in the recycle bin.");
            await hand.Page.GotoAsync("/if/admin/directory/bin/");
        }

        await BinAsync();
        await hand.PressAsync(AriaRole.Button, "Restore jane");
        await Assertions.Expect(hand.Page.GetByText("The recycle bin is empty")).ToBeVisibleAsync();
        await BinAsync();
        await hand.PressAsync(AriaRole.Link, "Delete jane");
        await hand.PressAsync(AriaRole.Button, "Delete for good");
        await Assertions.Expect(hand.Page.GetByText("The recycle bin is empty")).ToBeVisibleAsync();
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE username = 'jane'")).ShouldBe(0);
    }

    /// <summary>A transport is tried, a rule tells by it.</summary>
    static async Task TellAsync(Hand hand, TestServer server)
    {
        var local = await server.Database.ScalarAsync<Guid>("SELECT pk FROM notification_transport WHERE name = 'default-local-transport'");
        await hand.Page.GotoAsync($"/if/admin/events/transports/{local}/");
        await hand.PressAsync(AriaRole.Button, "Test");
        await SayAsync(hand, "The test was sent. Shown to akadmin.");
        await LookAsync(hand, "transport");
        await hand.Page.GotoAsync("/if/admin/events/rules/");
        await hand.PressAsync(AriaRole.Link, "Create");
        await hand.TypeAsync("Name", "tell the help desk");
        await hand.PressAsync(AriaRole.Button, "Create");
        await SayAsync(hand, "Notification Rule tell the help desk created.");
    }

    /// <summary>A token, a brand, the settings.</summary>
    static async Task ConfigureAsync(Hand hand, TestServer server)
    {
        await hand.Page.GotoAsync("/if/admin/directory/tokens/");
        await hand.PressAsync(AriaRole.Link, "Create");
        await hand.TypeAsync("Identifier", "for-a-script");
        await hand.PressAsync(AriaRole.Button, "Create");
        await SayAsync(hand, "Token for-a-script created.");
        await hand.Page.GotoAsync("/if/admin/directory/tokens/for-a-script/");
        await hand.PressAsync(AriaRole.Button, "View key");
        (await hand.Page.GetByLabel("Key", new() { Exact = true }).InputValueAsync()).Length.ShouldBe(60);
        await hand.Page.GotoAsync("/if/admin/system/brands/");
        await hand.PressAsync(AriaRole.Link, "Create");
        await hand.TypeAsync("Domain", "shop.example.org");
        await hand.PressAsync(AriaRole.Button, "Create");
        await SayAsync(hand, "Brand Brand shop.example.org created.");
        await hand.Page.GotoAsync("/if/admin/system/settings/");
        await hand.TypeAsync("Event retention", "days=30");
        await hand.PressAsync(AriaRole.Button, "Save");
        await SayAsync(hand, "Settings saved.");
        (await server.Database.ScalarAsync<string>("SELECT event_retention FROM system_settings")).ShouldBe("days=30");
    }

    static async Task DoneAsync(Hand hand, TestServer server, string progress)
    {
        await hand.Page.WaitForURLAsync("**/directory/batches/**");
        await server.Services.GetRequiredService<JobRunner>().RunDueAsync(TestContext.Current.CancellationToken);
        await hand.Page.ReloadAsync();
        await Assertions.Expect(hand.Page.GetByText(progress)).ToBeVisibleAsync();
    }

    static Task SayAsync(Hand hand, string words) => Assertions.Expect(hand.Page.GetByText(words).First).ToBeVisibleAsync();

    /// <summary>Once for both: the checker and the pictures look at both colour schemes.</summary>
    static async Task LookAsync(Hand hand, string name)
    {
        if (hand.Keys)
            return;
        await hand.Page.TakeAsync(name);
        (await hand.Page.ViolationsAsync()).ShouldBeEmpty(name);
    }
}
