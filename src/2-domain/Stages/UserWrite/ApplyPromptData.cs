using System.Text.Json.Nodes;
using Postern.Directory.Attributes;
using Postern.Directory.Passwords;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Flows.Running;
using Postern.Kernel.Values;

namespace Postern.Stages.UserWrite;

/// <summary>
/// Puts prompt data on an account: username, name, e-mail, password, and attributes (<c>attributes</c>, <c>attributes.a.b</c>, <c>attributes_a</c>).
/// Nothing else on an account can be reached by a prompt or an invitation; <c>is_active</c>, <c>type</c> and <c>path</c> are the stage's to say.
/// </summary>
sealed class ApplyPromptData(HashQueue hashes, SetPassword setPassword, BrowserSession browser)
{
    const string PasswordKey = "password";
    const string AttributesKey = "attributes";

    /// <summary>Null, or why the data cannot be written.</summary>
    public async ValueTask<string?> ExecuteAsync(User user, StageRun run, CancellationToken cancellation)
    {
        foreach (var (key, value) in run.Context.PromptData)
        {
            switch (key)
            {
                case "username": user.Username = Text(value).Trim(); break;
                case "name": user.Name = Text(value); break;
                case "email" when Text(value) is { Length: > 0 } email && !EmailAddress.IsValid(email): return "Enter a valid email address.";
                case "email": user.Email = Text(value); break;
                case PasswordKey when user.Pk == 0 && Text(value).Length > 0:
                    if (!(await hashes.EncodeAsync(Text(value), cancellation)).Succeeded(out var encoded, out var fault))
                        return fault.Message;
                    user.Password = encoded;
                    break;
                case AttributesKey when value is IDictionary<string, object?> map: Merge(user, (JsonObject)PromptDataJson.Of(map)!); break;
                case AttributesKey: return "Failed to update user. Please try again later.";
                default: Attribute(user, key, value); break;
            }
        }
        return user.Username.Length > 150 ? "Ensure the username has no more than 150 characters." : null;
    }

    /// <summary>Gives a stored account its new password: history, date, event and other sessions follow, while this browser stays signed in.</summary>
    public async ValueTask FinishPasswordAsync(User user, StageRun run, CancellationToken cancellation)
    {
        if (run.Context.PromptData.TryGetValue(PasswordKey, out var value) && Text(value) is { Length: > 0 } password)
            await setPassword.ExecuteAsync(Api.Http.CallerFeature.Caller(run.Http), user, password, browser.Uuid, cancellation);
    }

    static void Attribute(User user, string key, object? value)
    {
        var path = key.StartsWith("attributes.", StringComparison.Ordinal) ? key["attributes.".Length..]
            : key.StartsWith("attributes_", StringComparison.Ordinal) ? key["attributes_".Length..]
            : null;
        if (string.IsNullOrEmpty(path))
            return;
        var attributes = user.Attributes.DeepClone().AsObject();
        var at = attributes;
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            if (at[part] is not JsonObject inner)
                at[part] = inner = [];
            at = inner;
        }
        at[parts[^1]] = PromptDataJson.Of(value);
        user.Attributes = attributes;
    }

    static void Merge(User user, JsonObject given) => user.Attributes = AttributeMerge.Update(user.Attributes.DeepClone().AsObject(), given);

    static string Text(object? value) => value as string ?? value?.ToString() ?? "";
}
