using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Applications.Icons;

/// <summary>
/// Gives an application a picture, or takes it away. Needs the right to change the application. Writes the file under a name made of its content, the
/// application's row with its audit record, and forgets files that no application shows any more. Faults: forbidden, not found, invalid (<c>file</c>).
/// </summary>
public sealed class SetIcon(PosternDb db, ObjectQuery objects, SaveObject save, IAccess access)
{
    /// <summary>Largest file in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Why the caller may not; asked before a file is read.</summary>
    public async Task<Fault?> RefuseAsync(Caller caller, string slug, CancellationToken cancellation) =>
        (await objects.FindAsync(ApplicationKind.Kind, caller, slug, tracked: false, cancellation)).Succeeded(out var application, out var missing)
            ? await access.RefuseAsync(caller, ApplicationKind.Kind.Change, ApplicationKind.Kind.KeyOf(application), cancellation)
            : missing;

    /// <summary>The application as it is then. <paramref name="content"/> is the file; null takes the picture away.</summary>
    public async Task<Result<Application>> ExecuteAsync(Caller caller, string slug, byte[]? content, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(ApplicationKind.Kind, caller, slug, tracked: true, cancellation)).Succeeded(out var application, out var missing))
            return missing;
        if (content is { Length: > MaxBytes })
            return Fault.Field("file", $"A picture may hold at most {MaxBytes / 1024} KiB.");
        var type = content is null ? null : PictureType.Of(content);
        if (content is not null && type is null)
            return Fault.Field("file", "Choose a PNG, JPEG, GIF or WebP picture.");
        var name = content is null ? "" : $"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}.{type!.Extension}";
        return await db.InTransactionAsync<Result<Application>>(
            async () =>
            {
                var body = JsonSerializer.SerializeToElement(new JsonObject { ["meta_icon"] = name });
                if ((await save.UpdateAsync(ApplicationKind.Kind, caller, application, body, SaveOptions.Patch, cancellation)).Fault is { } refused)
                    return refused;
                // Written again even where it is: somebody may be forgetting it at this moment.
                if (content is not null)
                    await db.ExecuteAsync(
                        "INSERT INTO application_icon (name, type, content) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET type = excluded.type", cancellation, name, type!.MediaType, content);
                await db.ExecuteAsync("DELETE FROM application_icon i WHERE NOT EXISTS (SELECT FROM application a WHERE a.meta_icon = i.name)", cancellation);
                return (Application)application;
            },
            r => r.Fault is null,
            cancellation);
    }
}
