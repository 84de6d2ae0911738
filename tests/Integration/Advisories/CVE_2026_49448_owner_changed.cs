using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// Over the API, what ties an account to its ways in could be given to another account. Guards that the user is no field of a device's kind
/// that its owner may write.
/// </summary>
public sealed class CVE_2026_49448_owner_changed(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task A_device_stays_with_its_owner()
    {
        var (person, prey) = (await AddPersonAsync("device-owner"), await AddPersonAsync("device-prey"));
        var device = await Mfa.AddTotpAsync(person);
        using var program = Server.Program(await Server.AddTokenAsync(person));
        foreach (var (method, body) in new[] { ("PATCH", $$"""{"user": {{prey.Pk}}, "user_pk": {{prey.Pk}}}"""), ("PUT", $$"""{"name": "app", "user": {{prey.Pk}}}""") })
            await program.CallAsync(method, $"authenticators/totp/{device.Pk}/", body);
        (await Server.Database.ScalarAsync<int>($"SELECT user_pk FROM totp_device WHERE pk = {device.Pk}")).ShouldBe(person.Pk);
        using var stranger = Server.Program(await Server.AddTokenAsync(prey));
        ((int)(await stranger.CallAsync("PATCH", $"authenticators/totp/{device.Pk}/", """{"name": "mine"}""")).Status).ShouldBe(404);
    }
}
