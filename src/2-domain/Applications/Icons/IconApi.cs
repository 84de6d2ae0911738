using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Applications.Icons;

/// <summary>Uploads pictures of applications, and shows them to everybody: they stand on pages before anybody signed in.</summary>
public static class IconApi
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v3/core/applications/{slug}/set_icon/", (Delegate)SetAsync)
            .Note("Gives an application a picture: a form with its file, or with clear=true.", answer: "ApplicationIcon{meta_icon meta_icon_url?}");
        routes.MapGet("/media/public/{name}", (Delegate)ShowAsync);
    }

    static async Task<IResult> SetAsync(HttpContext http, string slug, SetIcon set)
    {
        if (await set.RefuseAsync(http.Caller(), slug, http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        if (!http.Request.HasFormContentType)
            return FaultResult.Of(Fault.Field("file", "A form is expected (multipart/form-data)."));
        var (content, isGiven) = await ReadAsync(http.Request, "clear", http.RequestAborted);
        if (!isGiven)
            return FaultResult.Of(Fault.Field("file", "Choose a file."));
        return (await set.ExecuteAsync(http.Caller(), slug, content, http.RequestAborted)).Succeeded(out var application, out var fault)
            ? Results.Text(new JsonObject { ["meta_icon"] = application.MetaIcon, ["meta_icon_url"] = Icon.UrlOf(application.MetaIcon) }.ToJsonString(), "application/json")
            : FaultResult.Of(fault);
    }

    /// <summary>The file of a form, or the wish that there be none; neither where the form holds neither.</summary>
    public static async Task<(byte[]? Content, bool IsGiven)> ReadAsync(HttpRequest request, string clear, CancellationToken cancellation)
    {
        var form = await request.ReadFormAsync(cancellation);
        if (form[clear].Contains("true"))
            return (null, true);
        if (form.Files["file"] is not { Length: > 0 } file)
            return (null, false);
        // One byte more than allowed is enough to be refused.
        await using var stream = file.OpenReadStream();
        var buffer = new byte[SetIcon.MaxBytes + 1];
        var count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return (buffer[..count], true);
    }

    static async Task<IResult> ShowAsync(HttpContext http, string name, PosternDb db)
    {
        await using var row = await db.ReadAsync("SELECT type, content FROM application_icon WHERE name = $1", http.RequestAborted, name);
        if (!await row.ReadAsync(http.RequestAborted))
            return Results.NotFound();
        // Opened by itself it is a picture and nothing else, whatever a browser makes of its bytes.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(row.GetFieldValue<byte[]>(1), row.GetString(0));
    }
}
