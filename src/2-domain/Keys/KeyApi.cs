using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Keys;

/// <summary>Doors of key pairs beyond CRUD.</summary>
static class KeyApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var pairs = routes.MapGroup("/api/v3/crypto/certificatekeypairs/");
        pairs.MapPost("generate/", GenerateAsync)
            .Note("Makes a key with a certificate of its own.", answer: "authentik_crypto.certificatekeypair", body: "CertificateGenerationRequest{common_name subject_alt_name? validity_days:int alg?}");
        pairs.MapGet("{lookup}/view_certificate/", async (string lookup, HttpContext http, RevealKeyPair reveal) =>
            Answer(http, await reveal.CertificateAsync(http.Caller(), lookup, http.RequestAborted), "certificate"))
            .Note("Shows the certificate.", answer: "CertificateData{data}", query: "download:bool?");
        pairs.MapGet("{lookup}/view_private_key/", async (string lookup, HttpContext http, RevealKeyPair reveal) =>
            Answer(http, await reveal.PrivateKeyAsync(http.Caller(), lookup, http.RequestAborted), "private_key"))
            .Note("Shows the private key, which is recorded.", answer: "CertificateData", query: "download:bool?");
    }

    static async Task<IResult> GenerateAsync(HttpContext http, GenerateKeyPair generate, PosternDb db)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        if (!GenerateRequest.Read(body).Succeeded(out var request, out var malformed))
            return FaultResult.Of(malformed);
        if (!(await generate.ExecuteAsync(http.Caller(), request, http.RequestAborted)).Succeeded(out var pair, out var refusal))
            return FaultResult.Of(refusal);
        var rendered = await Rendered.OneAsync(CertificateKeyPairKind.Kind, pair, new LoadContext(db, http.Caller(), http.RequestServices, http.RequestAborted));
        return new WireJson(rendered.Write);
    }

    static IResult Answer(HttpContext http, Result<RevealKeyPair.Revealed> result, string what)
    {
        if (!result.Succeeded(out var revealed, out var fault))
            return FaultResult.Of(fault);
        http.Response.Headers.CacheControl = "no-store";
        if (http.Request.Query.ContainsKey("download"))
        {
            var disposition = new ContentDispositionHeaderValue(DispositionTypeNames.Attachment);
            disposition.SetHttpFileName($"{revealed.Name}_{what}.pem");
            http.Response.Headers.ContentDisposition = disposition.ToString();
            return Results.Text(revealed.Text.Reveal, "application/x-pem-file");
        }
        return new WireJson(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("data", revealed.Text.Reveal);
            writer.WriteEndObject();
        });
    }
}
