using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Stages.Identification;

/// <summary>Finds the user somebody says they are; one statement, by indexed fields only.</summary>
sealed class FindUser(PosternDb db)
{
    public async ValueTask<User?> ExecuteAsync(string identifier, IdentificationStage stage, CancellationToken cancellation)
    {
        var fields = stage.UserFields.Select(WireEnum<UserField>.Parse).ToHashSet();
        var (byName, byEmail, byUpn) = (fields.Contains(UserField.Username), fields.Contains(UserField.Email), fields.Contains(UserField.Upn));
        var lower = identifier.ToLowerInvariant();
        var upn = new System.Text.Json.Nodes.JsonObject { ["upn"] = identifier }.ToJsonString();
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // Translated to SQL's lower().
        var found = await db.Set<User>()
            .Where(u => u.Username != User.AnonymousUsername)
            .Where(u => (byName && u.Username.ToLower() == lower) || (byEmail && u.Email.ToLower() == lower) || (byUpn && EF.Functions.JsonContains(u.Attributes, upn)))
            .OrderBy(u => u.Pk).Take(10).ToListAsync(cancellation);
#pragma warning restore CA1304, CA1311, CA1862, MA0011
        return stage.CaseInsensitiveMatching
            ? found.FirstOrDefault()
            : found.FirstOrDefault(u => (byName && string.Equals(u.Username, identifier, StringComparison.Ordinal)) || (byEmail && string.Equals(u.Email, identifier, StringComparison.Ordinal)) || byUpn);
    }
}
