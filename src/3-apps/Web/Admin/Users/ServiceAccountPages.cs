using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Directory.Tokens;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Pages;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Users;

/// <summary>Secrets that are shown on a page: the key of a new service account, once, and the key of a token, recorded.</summary>
static class ServiceAccountPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("directory/users/service-account/", (HttpContext http, ShellFactory shells) => FormAsync(http, shells, new FieldErrors()));
        pages.MapPost("directory/users/service-account/", CreateAsync);
        pages.MapPost("directory/tokens/{identifier}/key/", KeyAsync);
    }

    static async Task<IResult> FormAsync(HttpContext http, ShellFactory shells, FieldErrors errors)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        return new PageResult<ServiceAccountPage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                Errors = errors,
                Name = form?["name"].ToString() ?? "",
                CreateGroup = form?["create_group"].Contains("true") == true,
                Expiring = form?["expiring"].Contains("true") != false,
            },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    static async Task<IResult> CreateAsync(HttpContext http, CreateServiceAccount create, ShellFactory shells)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = form["name"].ToString(),
            ["create_group"] = form["create_group"].Contains("true"),
            ["expiring"] = form["expiring"].Contains("true"),
        };
        if (form["expires"].ToString() is { Length: > 0 } until)
            body["expires"] = $"{until}:00Z";
        var request = ServiceAccountRequest.Read(JsonSerializer.SerializeToElement(body));
        var made = request.Fault is { } malformed ? malformed : await create.ExecuteAsync(http.Caller(), request.Value, http.RequestAborted);
        if (made.Fault is Fault.Invalid invalid)
            return await FormAsync(http, shells, invalid.Errors);
        if (made.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return new PageResult<SecretPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: true),
            Title = $"Service account {made.Value.User.Username}",
            Text = "Copy the password now: it is not shown again here.",
            Label = "Password",
            Secret = made.Value.Token.Reveal,
            Username = made.Value.User.Username,
            Back = $"/if/admin/directory/users/{made.Value.User.Pk}/",
        });
    }

    static async Task<IResult> KeyAsync(HttpContext http, string identifier, TokenKeys keys, ShellFactory shells)
    {
        var key = await keys.ViewAsync(http.Caller(), identifier, http.RequestAborted);
        if (key.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        return new PageResult<SecretPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: true),
            Title = $"Key of {identifier}",
            Text = "That you looked at this key was recorded.",
            Label = "Key",
            Secret = key.Value.Reveal,
            Username = (string?)null,
            Back = $"/if/admin/directory/tokens/{Uri.EscapeDataString(identifier)}/",
        });
    }
}
