using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// Who might only look at policies and mappings ran code on the server by trying them. Guards the rights in Policies/Testing and Applications/Mappings/TestMapping, and that expressions are run by
/// an interpreter that knows no files, processes and modules.
/// </summary>
[Trait("Fault", "F19")]
public sealed class CVE_2026_25227_code_for_viewers(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task Viewers_try_nothing()
    {
        var user = await AddPersonAsync("tried");
        var policy = (await Admin.PostApiAsync("policies/expression/", $$"""{"name": "tried-{{user.Pk}}", "expression": "return True"}""")).Json["pk"]!;
        var mapping = (await Admin.PostApiAsync("propertymappings/provider/scope/", $$"""{"name": "tried-{{user.Pk}}", "scope_name": "tried", "expression": "return {}"}""")).Json["pk"]!;
        using var viewer = await Server.WithRightsAsync("authentik_policies_expression.view_expressionpolicy", "authentik_providers_oauth2.view_scopemapping", "authentik_core.view_user");
        foreach (var door in new[] { $"policies/all/{policy}/test/", $"propertymappings/all/{mapping}/test/" })
        {
            (await viewer.PostApiAsync(door, $$"""{"user": {{user.Pk}}}""")).Status.ShouldBe(HttpStatusCode.Forbidden, door);
            (await Admin.PostApiAsync(door, $$"""{"user": {{user.Pk}}}""")).Status.ShouldBe(HttpStatusCode.OK, door);
        }
    }

    [Theory]
    [InlineData("import os\nreturn os.system('id') == 0")]
    [InlineData("return open('/etc/passwd').read() != ''")]
    [InlineData("return ().__class__.__bases__[0].__subclasses__() != []")]
    [InlineData("return __import__('subprocess').getoutput('id') != ''")]
    [InlineData("return eval('1') == 1")]
    public async Task Administrators_run_no_code_of_the_server_either(string expression)
    {
        var user = await AddPersonAsync("escape");
        var made = await Admin.PostApiAsync("policies/expression/", new JsonObject { ["name"] = $"escape-{user.Pk}", ["expression"] = expression }.ToJsonString());
        if (made.Status is HttpStatusCode.BadRequest)
            return;
        (await Admin.PostApiAsync($"policies/all/{made.Json["pk"]}/test/", $$"""{"user": {{user.Pk}}}""")).Member("passing").ShouldBe("false");
    }
}
