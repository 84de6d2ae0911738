using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Browser.Journeys;

/// <summary>Codes of an authenticator app as an independent program makes them.</summary>
static class OathTool
{
    public static async Task<string> CodeAsync(TestServer server, string key)
    {
        key.ShouldMatch("^[A-Z2-7]{32}$");
        var time = server.Clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        using var oathtool = Process.Start(new ProcessStartInfo("oathtool", ["--totp", "--base32", "--now", time, key]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var code = (await oathtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim();
        await oathtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        Regex.IsMatch(code, "^[0-9]{6}$", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeTrue(code);
        return code;
    }
}
