using Postern.Storage.Kinds;

namespace Postern.Directory.Tokens;

/// <summary>The declaration of tokens.</summary>
public static class TokenKind
{
    public static readonly ModelKind<Token> Kind = ModelKind<Token>.Declare("authentik_core.token", static (k, kind) =>
    {
        k.Labels("Token", "Tokens").Path("core/tokens").Table("token").Named(t => t.Identifier);
        k.Key(t => t.Pk);
        k.NullableText("managed", t => t.Managed);
        k.Slug("identifier", t => t.Identifier).Required().Unique().MaxLength(255).IsLookup(kind);
        k.Choice("intent", t => t.Intent);
        k.Reference("user", t => t.UserPk, "authentik_core.user");
        k.Expand("user_obj", t => t.UserPk, "authentik_core.user");
        k.Text("description", t => t.Description);
        k.NullableTimestamp("expires", t => t.Expires);
        k.Boolean("expiring", t => t.Expiring);
        k.Filters("identifier", "intent", "managed", "description", "expires", "expiring");
        k.Search(t => t.Identifier, t => t.Description);
        k.Order("identifier", "expires", "intent", "managed", "expiring");
    });
}
