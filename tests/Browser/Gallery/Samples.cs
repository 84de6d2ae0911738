using Microsoft.AspNetCore.Http;
using Postern.Web.Shared;
using Postern.Web.Shared.Look;
using Postern.Web.Shared.Menu;

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
