using Microsoft.AspNetCore.Http;
using Postern.Kernel;
using Postern.Pages;
using Postern.Pages.Look;
using Postern.Pages.Menu;

namespace Postern.Tests.Gallery;

/// <summary>A shell as the product would build it for a request.</summary>
static class Samples
{
    static readonly IReadOnlyList<MenuGroup> menu =
    [
        new("Directory",
        [
            new("Users", "/gallery/console/users/", "user"),
            new("Groups", "/gallery/console/groups/", "users-group"),
            new("Invitations", "/gallery/console/invitations/", "ticket"),
            new("Tokens", "/gallery/console/tokens/", "key"),
        ]),
        new("Flows and Stages",
        [
            new("Flows", "/gallery/console/flows/", "route"),
            new("Stages", "/gallery/console/stages/", "stack-2"),
            new("Prompts", "/gallery/console/prompts/", "forms"),
        ]),
        new("Customization",
        [
            new("Policies", "/gallery/console/policies/", "shield-check"),
            new("Blueprints", "/gallery/console/blueprints/", "template"),
        ]),
        new("System",
        [
            new("Brands", "/gallery/console/brands/", "palette"),
            new("Settings", "/gallery/console/settings/", "settings"),
        ]),
    ];

    public const string Background =
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 1000" preserveAspectRatio="xMidYMid slice"><defs><linearGradient id="a" x2="1" y2="1"><stop stop-color="#1b2a6b"/>
        <stop offset=".6" stop-color="#2f6f8f"/><stop offset="1" stop-color="#e8b26a"/></linearGradient></defs><path fill="url(#a)" d="M0 0h1600v1000H0z"/>
        <path fill="#0b1330" opacity=".45" d="M0 760 380 480l260 210 300-340 300 300 360-230v580H0z"/></svg>
        """;

    public static PageMessage[] Messages { get; } =
    [
        new(Tone.Success, "Successfully created 1 invitation."),
        new(Tone.Danger, "2 users could not be deleted: you lack the permission."),
    ];

    public static FieldErrors Errors()
    {
        var errors = FieldErrors.Of("email", "Enter a valid email address.");
        errors.Add("slug", "flow with this slug already exists.");
        errors.Add("expression", "Syntax error in line 3: expected ':'.");
        errors.Add("single_use", "Must be a valid boolean.");
        errors.Add(FieldErrors.NonField, "The flow and the invitation do not fit together.");
        return errors;
    }

    public static PageShell Shell(HttpContext http, params PageMessage[] messages) => new(new BrandLook("Postern")
    {
        FooterLinks = [new PageLink("Imprint", "/imprint"), new PageLink("Privacy", "/privacy"), new PageLink("Powered by Postern")],
    })
    {
        Theme = ThemeChoice.Read(http.Request),
        Path = http.Request.Path + http.Request.QueryString,
        Person = new SignedInPerson("Ada Admin", "akadmin", MayAdminister: true),
        Menu = menu,
        Messages = messages,
        FormToken = new FormToken("csrf_token", "sample"),
        Notifications = 3,
    };
}
