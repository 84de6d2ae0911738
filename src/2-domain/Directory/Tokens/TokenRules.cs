using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Attributes;
using Postern.Directory.Rights;
using Postern.Directory.Users;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Storage.Kinds;

namespace Postern.Directory.Tokens;

/// <summary>Rules of tokens: who may make them for whom, for what, and for how long.</summary>
static class TokenRules
{
    public static async ValueTask CheckAsync(Token token, SaveContext context)
    {
        if (!context.FromBlueprint)
        {
            CheckIntent(token, context);
            await CheckUserAsync(token, context);
        }
        if (context.Errors.Any || context.Refusal is not null)
            return;
        var (lifetime, length) = await context.Get<ITokenDefaults>().GetAsync(context.Cancellation);
        if (context.Extras.GetValueOrDefault("key") is JsonValue given && given.TryGetValue<string>(out var key) && key.Length > 0)
            token.Key = key;
        else if (context.IsNew)
            token.Key = RandomText.Alphanumeric(length);
        if (!context.FromBlueprint)
            await CheckExpiryAsync(token, lifetime, context);
        else if (token is { Expiring: true, Expires: null })
            token.Expires = Now(context) + lifetime;
    }

    static void CheckIntent(Token token, SaveContext context)
    {
        if (context.IsNew && !context.Given.Contains("intent"))
            token.Intent = TokenIntent.Api;
        var before = context.IsNew ? TokenIntent.Api : context.Db.Entry(token).Property(t => t.Intent).OriginalValue;
        if (!context.IsNew && !context.Given.Contains("intent"))
            token.Intent = before;
        if (token.Intent is not (TokenIntent.Api or TokenIntent.AppPassword) && (context.IsNew || token.Intent != before))
            context.Errors.Add("intent", $"Invalid intent {WireEnum<TokenIntent>.Name(token.Intent)}");
    }

    static async ValueTask CheckUserAsync(Token token, SaveContext context)
    {
        if (!context.IsNew)
        {
            var before = context.Db.Entry(token).Property(t => t.UserPk).OriginalValue;
            if (context.Given.Contains("user") && token.UserPk != before)
                context.Errors.Add("user", "User cannot be changed");
            token.UserPk = before;
            return;
        }
        if (!context.Given.Contains("user") || context.Caller is { IsSuperuser: false, IsSystem: false })
            token.UserPk = context.Caller.UserPk ?? token.UserPk;
        if (token.UserPk == 0)
            context.Errors.Add("user", "This field is required.");
        else
            context.Refusal = await context.Get<RightsCeiling>().RefuseAsync(context.Caller, token.UserPk, context.Cancellation);
    }

    static async ValueTask CheckExpiryAsync(Token token, TimeSpan lifetime, SaveContext context)
    {
        var now = Now(context);
        var owner = await context.Db.Set<User>().AsNoTracking().SingleAsync(u => u.Pk == token.UserPk, context.Cancellation);
        var attributes = await context.Get<EffectiveAttributes>().OfAsync(owner, context.Caller.Request?.BrandAttributes, context.Cancellation);
        if (!context.Caller.IsSuperuser)
            token.Expiring = attributes.Flag(ReservedKeys.TokenExpires, otherwise: true);
        if (!token.Expiring)
            return;
        if (token.Intent is TokenIntent.Api)
            token.Expires = now + lifetime;
        var most = now + (attributes.Span(ReservedKeys.TokenMaximumLifetime) ?? lifetime);
        token.Expires ??= now + lifetime;
        if (token.Intent is TokenIntent.AppPassword && token.Expires > most && (context.IsNew || context.Given.Contains("expires")))
            context.Errors.Add("expires", string.Create(CultureInfo.InvariantCulture, $"Token expires exceeds maximum lifetime ({most.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC)."));
    }

    static DateTimeOffset Now(SaveContext context) => context.Get<TimeProvider>().GetUtcNow();
}
