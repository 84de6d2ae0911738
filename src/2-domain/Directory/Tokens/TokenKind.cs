using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Kernel.Values;
using Postern.Storage.Kinds;

namespace Postern.Directory.Tokens;

/// <summary>The declaration of tokens.</summary>
public static class TokenKind
{
    public static readonly ModelKind<Token> Kind = ModelKind<Token>.Declare("authentik_core.token", static (k, kind) =>
    {
        k.Labels("Token", "Tokens").Path("core/tokens").Table("token").Named(t => t.Identifier).OwnedBy(t => t.UserPk, add: true);
        k.Permissions(("view_token_key", "View token's key"), ("set_token_key", "Set a token's key"));
        k.Key(t => t.Pk);
        k.NullableText("managed", t => t.Managed);
        k.Slug("identifier", t => t.Identifier).Required().Unique().MaxLength(255).IsLookup(kind);
        k.Choice("intent", t => t.Intent);
        k.Reference("user", t => t.UserPk, "authentik_core.user").Optional();
        k.Expand("user_obj", t => t.UserPk, "authentik_core.user");
        k.Text("description", t => t.Description);
        k.NullableTimestamp("expires", t => t.Expires);
        k.Boolean("expiring", t => t.Expiring);
        k.Extra("key");
        k.Filters("identifier", "intent", "managed", "description", "expires", "expiring");
        k.Filter("user__username", (query, db, values, _) => query.Where(t => db.Set<User>().Any(u => u.Pk == t.UserPk && u.Username == values[0])));
        k.SearchWith((query, db, text) =>
        {
            var pattern = $"%{PlainSearch.Escape(text)}%";
            TokenIntent? intent = WireEnum<TokenIntent>.TryParse(text, out var named) ? named : null;
            return query.Where(t => EF.Functions.ILike(t.Identifier, pattern, PlainSearch.EscapeCharacter)
                || EF.Functions.ILike(t.Description, pattern, PlainSearch.EscapeCharacter)
                || t.Intent == intent
                || db.Set<User>().Any(u => u.Pk == t.UserPk && EF.Functions.ILike(u.Username, pattern, PlainSearch.EscapeCharacter)));
        });
        k.Order("identifier", "expires", "intent", "managed", "expiring", "description");
        k.Validate(TokenRules.CheckAsync);
    });
}
