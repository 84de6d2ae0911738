using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Kernel;
using Postern.Keys;
using Postern.Pages;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Keys;

/// <summary>Makes a key and a certificate that signs itself.</summary>
static class GeneratePages
{
    const string Certificates = "/if/admin/system/certificates/";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("system/certificates/generate/", (HttpContext http, ShellFactory shells) => FormAsync(http, shells, form: null, new FieldErrors()));
        pages.MapPost("system/certificates/generate/", CreateAsync);
    }

    static async Task<IResult> CreateAsync(HttpContext http, ShellFactory shells, GenerateKeyPair generate)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var body = new JsonObject
        {
            ["common_name"] = form["common_name"].ToString(),
            ["subject_alt_name"] = form["subject_alt_name"].ToString(),
            ["validity_days"] = int.TryParse(form["validity_days"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null,
            ["alg"] = form["alg"].ToString(),
        };
        var read = GenerateRequest.Read(JsonSerializer.SerializeToElement(body));
        var made = read.Succeeded(out var request, out var malformed) ? await generate.ExecuteAsync(http.Caller(), request, http.RequestAborted) : malformed;
        if (made.Succeeded(out var pair, out var fault))
        {
            await shells.TellAsync(http, "success", $"Certificate {pair.Name} generated.");
            return ConsolePages.See(http, $"{Certificates}{pair.Pk}/");
        }
        return fault is Fault.Invalid invalid
            ? await FormAsync(http, shells, form, Renamed(invalid.Errors))
            : await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
    }

    // The name of the pair is the common name of the certificate.
    static FieldErrors Renamed(FieldErrors errors)
    {
        var renamed = new FieldErrors();
        foreach (var (field, text) in errors.Fields.SelectMany(f => errors[f].Select(t => (f, t))))
            renamed.Add(field is "name" ? "common_name" : field, text);
        return renamed;
    }

    static async Task<IResult> FormAsync(HttpContext http, ShellFactory shells, IFormCollection? form, FieldErrors errors) => new PageResult<GeneratePage>(
        new
        {
            Page = await shells.ForAsync(http, withMenu: true),
            Errors = errors,
            CommonName = form?["common_name"].ToString() ?? "",
            AlternativeNames = form?["subject_alt_name"].ToString() ?? "",
            Days = form?["validity_days"].ToString() ?? "365",
            Algorithm = form?["alg"].ToString() ?? "ecdsa",
            Back = Certificates,
        },
        errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
