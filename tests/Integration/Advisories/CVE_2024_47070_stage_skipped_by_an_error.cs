using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// An address that could not be read made policies fail, and a stage whose policy fails was left out: the password's. Guards Policies/Engine, where what fails passes nobody, and Flows, where a stage
/// is left out only by a verdict.
/// </summary>
[Trait("Fault", "F12")]
public sealed class CVE_2024_47070_stage_skipped_by_an_error(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Theory]
    [InlineData("not an address")]
    [InlineData("1.2.3.4.5")]
    [InlineData(",,,")]
    [InlineData("2001:db8::zz, \"")]
    [InlineData("999.999.999.999:99999")]
    public async Task Headers_that_are_no_address_change_nothing(string forwarded)
    {
        var person = await AddPersonAsync("forwarded");
        using var visitor = new Visitor(Server);
        foreach (var header in new[] { "X-Forwarded-For", "X-Real-IP", "Forwarded" })
            visitor.Http.DefaultRequestHeaders.TryAddWithoutValidation(header, forwarded);
        await visitor.ShowAsync(MfaServer.SignIn);
        (await visitor.AnswerAsync(MfaServer.SignIn, new JsonObject { ["uid_field"] = person.Username })).Component().ShouldBe("ak-stage-password");
        (await visitor.AnswerAsync(MfaServer.SignIn, [])).Component().ShouldBe("ak-stage-password");
        (await visitor.WhoAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_policy_that_fails_lets_nobody_past_the_password()
    {
        var slug = $"fails-{Guid.NewGuid():N}";
        var flow = await MakeAsync("flows/instances/", new JsonObject { ["name"] = slug, ["slug"] = slug, ["title"] = "x", ["designation"] = "authentication" });
        var stages = (await Admin.GetApiAsync("stages/all/?page_size=100")).Json["results"]!.AsArray();
        string[] names = ["default-authentication-identification", "default-authentication-password", "default-authentication-login"];
        foreach (var (name, order) in names.Select((n, i) => (n, i)))
        {
            var stage = stages.Single(s => s!["name"]!.ToString() == name)!["pk"]!.DeepClone();
            var binding = await MakeAsync("flows/bindings/", new JsonObject { ["target"] = flow, ["stage"] = stage, ["order"] = order, ["evaluate_on_plan"] = false, ["re_evaluate_policies"] = true });
            if (!name.EndsWith("password", StringComparison.Ordinal))
                continue;
            var policy = await MakeAsync("policies/expression/", new JsonObject { ["name"] = slug, ["expression"] = "return 1 / 0 > request.context['nothing']" });
            var target = (await Admin.GetApiAsync($"flows/bindings/{binding}/")).Json["policybindingmodel_ptr_id"]!.DeepClone();
            await MakeAsync("policies/bindings/", new JsonObject { ["policy"] = policy, ["target"] = target, ["order"] = 0 });
        }
        var person = await AddPersonAsync("fails");
        using var visitor = Visitor();
        await visitor.ShowAsync(slug);
        await visitor.AnswerAsync(slug, new JsonObject { ["uid_field"] = person.Username });
        await visitor.AnswerAsync(slug, []);
        (await visitor.WhoAsync()).ShouldBeNull();
    }

    async Task<string> MakeAsync(string path, JsonObject body) => (await Admin.PostApiAsync(path, body.ToJsonString())).Json["pk"]!.ToString();
}
