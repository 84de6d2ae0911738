using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Storage.Objects;

/// <summary>Deletes an object of any kind with what goes with it, and records it.</summary>
public sealed class DeleteObject(PosternDb db, IAccess access, IAuditTrail audit, IEnumerable<IObjectObserver> observers, IServiceProvider services)
{
    /// <summary>Deletes a tracked object. Faults: forbidden, invalid when a rule of the kind refuses.</summary>
    public async Task<Result<Unit>> ExecuteAsync(ModelKind kind, Caller caller, object entity, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, kind.Delete, kind, entity, cancellation) is { } refusal)
            return refusal;
        var context = new SaveContext(db, caller, services, cancellation);
        return await db.InTransactionAsync<Result<Unit>>(
            async () =>
            {
                await kind.BeforeDeleteAsync(entity, context);
                if (context.Refusal is { } rule)
                    return rule;
                if (context.Errors.Any)
                    return new Fault.Invalid(context.Errors);
                await ConfigReferences.ReleaseAsync(kind, entity, context);
                foreach (var observer in observers)
                    await observer.DeletedAsync(db, caller, kind, entity, cancellation);
                audit.Record(db, caller, ObjectChange.Deleted, kind, entity, []);
                db.Remove(entity);
                await db.SaveChangesAsync(cancellation);
                return Unit.Value;
            },
            r => r.Fault is null,
            cancellation);
    }
}
