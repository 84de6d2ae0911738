using System.Reflection;
using Postern.Api;

namespace Postern.Server.Hosting;

/// <summary>The slices this product is made of, in no order: wiring only.</summary>
static class Modules
{
    public static readonly IReadOnlyList<IModule> All =
    [
        new Directory.Module(),
        new Blueprints.Module(),
        new Policies.Module(),
        new Events.Module(),
        new Flows.Module(),
        new Rbac.Module(),
        new Brands.Module(),
        new Stages.Module(),
        new Authenticators.Module(),
        new Invitations.Module(),
        new Applications.Module(),
        new Keys.Module(),
        new OAuth2.Module(),
        new Notifications.Module(),
        new Sources.Module(),
        new Enterprise.Module(),
        new Web.Module(),
    ];

    /// <summary>Everything that carries migrations.</summary>
    public static IEnumerable<Assembly> Assemblies =>
        All.Select(m => m.GetType().Assembly).Append(typeof(Storage.PosternDb).Assembly).Append(typeof(Jobs.Job).Assembly).Append(typeof(Mail.MailTemplates).Assembly);
}
