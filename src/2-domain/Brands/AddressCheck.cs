using Postern.Storage.Checks;

namespace Postern.Brands;

/// <summary>The address that people use.</summary>
sealed class AddressCheck(Links links) : ICheck
{
    public string Name => "address";

    public async Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation) => await links.BaseAsync(request: null, cancellation) switch
    {
        null => [Finding.Warning("The address that people use is not set: mails hold no links, and tokens take their issuer from each request.", "Set BASE_URL, or System > Settings > Base URL.")],
        var address when Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" && !uri.IsLoopback =>
            [Finding.Warning($"People use {address}: passwords and cookies cross the network in the open.", "Put TLS in front, and set the address with https://.")],
        var address => [Finding.Good($"People use {address}.")],
    };
}
