using System.Text.Json.Nodes;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Portal.Desk;

/// <summary>Logs what staff change of plans, prices and taxes.</summary>
sealed partial class CatalogTrail(ILogger<CatalogTrail> log) : IAuditTrail
{
    public void Record(PosternDb db, Caller caller, ObjectChange change, ModelKind kind, object entity, JsonObject diff) =>
        Changed(kind.Label, kind.NameOf(entity), change, caller.Username, diff.ToJsonString());

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} {Name} {Change} by {Staff}: {Diff}")]
    partial void Changed(string kind, string name, ObjectChange change, string staff, string diff);
}

/// <summary>Nobody edits the catalogue by a permission of its own: the desk's gate lets staff in, and acts for the portal itself.</summary>
sealed class NoOtherAccess : IAccess
{
    public ValueTask<AccessScope> ScopeAsync(Caller caller, Permission permission, CancellationToken cancellation) => ValueTask.FromResult(AccessScope.Nothing);
}
