using System.Text.RegularExpressions;
using Postern.Tests.Support.Portals;

namespace Postern.Tests.Integration.Portal;

/// <summary>What buyers do, from the plans through the sandbox's checkout.</summary>
static partial class Buying
{
    /// <summary>Orders ten internal and twenty external users, pays with a card that succeeds, and answers the address of the license.</summary>
    public static async Task<string> BuyAsync(PortalVisitor owner, string page, Guid install, string name)
    {
        var paid = await PayAsync(owner, await OrderAsync(owner, page, install, name), "4242424242424242");
        var done = paid.Location ?? throw new InvalidOperationException($"Not paid: {paid}");
        var back = await owner.GetAsync(new Uri(done).AbsolutePath);
        if (back.Location is not "/organizations")
            throw new InvalidOperationException($"Not done: {back}");
        (await owner.GetAsync("/organizations")).Text.ShouldContain("Successful purchase. Your license will appear here once we've validated your payment. If it doesn't, please contact us.");
        var list = await owner.GetAsync(page);
        var row = Row().Matches(list.Text).Last(m => m.Groups["name"].Value == name);
        return row.Groups["url"].Value;
    }

    /// <summary>Answers the address of the checkout.</summary>
    public static async Task<string> OrderAsync(PortalVisitor owner, string page, Guid install, string name)
    {
        var ordered = await owner.PostAsync(
            $"{page}/purchase",
            ("plan_code", "enterprise"), ("currency", "EUR"), ("provider", "sandbox"), ("nickname", name), ("install_id", install.ToString()), ("internal_users", "10"), ("external_users", "20"));
        return ordered.Location ?? throw new InvalidOperationException($"Not ordered: {ordered}");
    }

    public static Task<PortalAnswer> PayAsync(PortalVisitor owner, string checkout, string card) => owner.PostForgedAsync(
        checkout,
        ("action", "pay"), ("internal_users", "10"), ("external_users", "20"), ("name", "Example Ltd"), ("email", "accounts@example.org"), ("line1", "Main Street 1"),
        ("postal_code", "10115"), ("city", "Berlin"), ("country", "DE"), ("card_number", card), ("card_expiry", "12/40"), ("card_code", "123"));

    /// <summary>The license key on a page.</summary>
    public static string KeyIn(string html) => Key().Match(html).Value;

    [GeneratedRegex("<strong>(?<name>[^<]+)</strong>(?:(?!</tr>).)*?href=\"(?<url>/organizations/[^\"]+/licenses/[^\"]+)\"", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex("eyJ[A-Za-z0-9_-]{100,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
