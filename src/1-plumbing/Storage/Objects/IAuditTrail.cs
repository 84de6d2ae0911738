using System.Text.Json.Nodes;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Storage.Objects;

/// <summary>Records what was changed by whom, in the transaction of the change.</summary>
public interface IAuditTrail
{
    /// <summary>Adds the record to the context; the caller saves.</summary>
    void Record(PosternDb db, Caller caller, ObjectChange change, ModelKind kind, object entity, JsonObject diff);
}

/// <summary>What happened to an object.</summary>
public enum ObjectChange
{
    Created,
    Updated,
    Deleted,
}
