using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// An answer without content led past a stage. Guards that Flows/Running/ExecuteFlow goes on only where a stage says that it is done; <c>Authenticators/StageKindsTests</c> tries a kind after the
/// other with everything that is no answer.
/// </summary>
public sealed class CVE_2026_49443_empty_answers(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task Lead_nowhere_in_any_shipped_flow()
    {
        var slugs = (await Admin.GetApiAsync("flows/instances/?page_size=100")).Each("slug").Select(s => s.Trim('"')).ToList();
        foreach (var slug in slugs.Where(s => s.StartsWith("default-", StringComparison.Ordinal)))
        {
            using var visitor = Visitor();
            var opened = (await visitor.ShowAsync(slug)).Component();
            foreach (var answer in new[] { "{}", """{"component": null}""", """{"component": "xak-flow-redirect"}""" })
                (await visitor.AnswerAsync(slug, JsonNode.Parse(answer)!.AsObject())).Component().ShouldBe(opened, $"{slug} {answer}");
            (await visitor.WhoAsync()).ShouldBeNull(slug);
        }
    }
}
