using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Directory.Users;
using Postern.OAuth2.Clients;

namespace Postern.OAuth2.Tokens;

/// <summary>The name by which an application knows somebody: the claim <c>sub</c>.</summary>
sealed class Subject(InstallId install)
{
    public async ValueTask<string> OfAsync(Client client, User user, CancellationToken cancellation) => client.Provider.SubMode switch
    {
        SubMode.UserId => user.Pk.ToString(CultureInfo.InvariantCulture),
        SubMode.UserUuid => user.Uuid.ToString(),
        SubMode.UserUsername => user.Username,
        SubMode.UserEmail => user.Email,
        SubMode.UserUpn when user.Attributes["upn"] is JsonValue value && value.TryGetValue<string>(out var upn) && upn.Length > 0 => upn,
        _ => await install.UidAsync(user.Pk, cancellation),
    };
}
