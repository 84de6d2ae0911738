using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Cli;

/// <summary>Finds users and groups by the names people know.</summary>
static class FindNamed
{
    public static async Task<Result<User>> UserAsync(IServiceProvider services, string username, CancellationToken cancellation) =>
        (await OneAsync(services, UserKind.Kind, "username", username, cancellation)).Then(found => (User)found);

    public static async Task<Result<Group>> GroupAsync(IServiceProvider services, string name, CancellationToken cancellation) =>
        (await OneAsync(services, GroupKind.Kind, "name", name, cancellation)).Then(found => (Group)found);

    public static string Text(this int pk) => pk.ToString(CultureInfo.InvariantCulture);

    static async Task<Result<object>> OneAsync(IServiceProvider services, ModelKind kind, string field, string name, CancellationToken cancellation)
    {
        var objects = services.GetRequiredService<ObjectQuery>();
        var request = new ListRequest { Filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [field] = [name] } };
        if (!(await objects.ListAsync(kind, Caller.Operator, request, cancellation)).Succeeded(out var page, out var fault))
            return fault;
        if (page.Items is not [var found])
            return Fault.Input($"There is no {kind.Label.ToLowerInvariant()} {name}.");
        return await objects.FindAsync(kind, Caller.Operator, kind.KeyOf(found), tracked: true, cancellation);
    }
}
