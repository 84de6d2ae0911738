using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;
using Postern.Storage.Kinds.Fields;

namespace Postern.Storage.Objects;

/// <summary>
/// Creates and changes objects of any kind: checks the permission, reads the input by the kind's fields, applies its rules and saves the
/// row, its links and one audit record in one transaction.
/// </summary>
public sealed class SaveObject(PosternDb db, IAccess access, IAuditTrail audit, IEnumerable<IObjectObserver> observers, IServiceProvider services)
{
    /// <summary>Creates an object from a JSON body. Faults: forbidden, invalid.</summary>
    public async Task<Result<object>> CreateAsync(ModelKind kind, Caller caller, JsonElement body, SaveOptions options, CancellationToken cancellation)
    {
        if (!(kind.OwnersAdd && caller.IsAuthenticated) && await access.RefuseAsync(caller, kind.Add, key: null, cancellation) is { } refusal)
            return refusal;
        var entity = kind.New();
        options.Prepare?.Invoke(entity);
        return await SaveAsync(kind, caller, entity, body, options with { IsNew = true }, cancellation);
    }

    /// <summary>Changes a tracked object; <see cref="SaveOptions.Partial"/> leaves alone what the body does not name. Faults: forbidden, invalid.</summary>
    public async Task<Result<object>> UpdateAsync(ModelKind kind, Caller caller, object entity, JsonElement body, SaveOptions options, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, kind.Change, kind, entity, cancellation) is { } refusal)
            return refusal;
        foreach (var link in kind.Fields.OfType<ILinkField>())
            await link.FillAsync(db, [entity], cancellation);
        return await SaveAsync(kind, caller, entity, body, options, cancellation);
    }

    /// <summary>The object a body describes, by its own rules and not stored; its name may be taken. Faults: forbidden, invalid.</summary>
    public async Task<Result<object>> DraftAsync(ModelKind kind, Caller caller, JsonElement body, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, kind.Add, key: null, cancellation) is { } refusal)
            return refusal;
        var entity = kind.New();
        var input = new ObjectInput(kind, body, SaveOptions.Full with { IsNew = true });
        var context = new SaveContext(db, caller, services, cancellation) { IsNew = true, Given = input.Given };
        input.Apply(entity, context);
        if (!context.Errors.Any)
            await kind.ValidateAsync(entity, context);
        if (context.Refusal is not null || context.Errors.Any)
            return context.Refusal ?? new Fault.Invalid(context.Errors);
        return entity;
    }

    /// <summary>Fills what lives in pair tables, for forms that show a tracked object.</summary>
    public async ValueTask FillAsync(ModelKind kind, object entity, CancellationToken cancellation)
    {
        foreach (var link in kind.Fields.OfType<ILinkField>())
            await link.FillAsync(db, [entity], cancellation);
    }

    async Task<Result<object>> SaveAsync(ModelKind kind, Caller caller, object entity, JsonElement body, SaveOptions options, CancellationToken cancellation)
    {
        var input = new ObjectInput(kind, body, options);
        var context = new SaveContext(db, caller, services, cancellation) { IsNew = options.IsNew, FromBlueprint = options.FromBlueprint, Given = input.Given };
        var before = options.IsNew ? [] : AuditDiff.Picture(kind, entity);
        input.Apply(entity, context);
        await References.CheckAsync(kind, entity, input, context);
        if (!context.Errors.Any)
            await UniqueFields.CheckAsync(kind, entity, context);
        if (!context.Errors.Any)
            await kind.ValidateAsync(entity, context);
        if (context.Refusal is not null || context.Errors.Any)
        {
            if (!options.IsNew)
                await db.Entry(entity).ReloadAsync(cancellation);
            return context.Refusal ?? new Fault.Invalid(context.Errors);
        }
        return await db.InTransactionAsync(() => WriteAsync(kind, entity, before, context, options), r => r.Fault is null, cancellation);
    }

    async Task<Result<object>> WriteAsync(ModelKind kind, object entity, JsonObject before, SaveContext context, SaveOptions options)
    {
        if (context.IsNew)
            db.Add(entity);
        try
        {
            await db.SaveChangesAsync(context.Cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation)
        {
            return UniqueFields.Violated(kind, violation);
        }
        foreach (var link in kind.Fields.OfType<ILinkField>().Where(l => context.IsNew || context.Given.Contains(((Field)l).Name)))
            await link.SaveAsync(db, entity, context.Cancellation);
        await kind.AfterSaveAsync(entity, context);
        if (context.Errors.Any)
            return new Fault.Invalid(context.Errors);
        foreach (var observer in context.IsNew ? observers : [])
            await observer.CreatedAsync(db, context.Caller, kind, entity, context.Cancellation);
        var after = AuditDiff.Picture(kind, entity);
        var diff = AuditDiff.Between(before, after);
        options.Changed?.Invoke(diff);
        if (context.IsNew)
            options.Made?.Invoke(AuditDiff.Shown(after));
        foreach (var observer in !context.IsNew && diff.Count > 0 ? observers : [])
            await observer.UpdatedAsync(db, context.Caller, kind, entity, diff, context.Cancellation);
        if (context.IsNew || diff.Count > 0)
            audit.Record(db, context.Caller, context.IsNew ? ObjectChange.Created : ObjectChange.Updated, kind, entity, diff);
        await db.SaveChangesAsync(context.Cancellation);
        return entity;
    }
}

/// <summary>How an object is saved.</summary>
public sealed record SaveOptions
{
    public static readonly SaveOptions Full = new();
    public static readonly SaveOptions Patch = new() { Partial = true };
    public static readonly SaveOptions Blueprint = new() { Partial = true, FromBlueprint = true };

    /// <summary>Fields the body leaves out keep their value instead of taking their default.</summary>
    public bool Partial { get; init; }

    /// <summary>Blueprint-only fields and older spellings are accepted.</summary>
    public bool FromBlueprint { get; init; }

    /// <summary>Sets what the door itself decides (creator, owner, key) before the input is read.</summary>
    public Action<object>? Prepare { get; init; }

    /// <summary>Told what was changed of an existing object, in the shape of audit records.</summary>
    public Action<JsonObject>? Changed { get; init; }

    /// <summary>Told what a new object holds, by field, secrets hidden.</summary>
    public Action<JsonObject>? Made { get; init; }

    internal bool IsNew { get; init; }
}
