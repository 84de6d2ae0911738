using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel;
using Postern.Kernel.Access;

namespace Postern.Storage.Kinds;

/// <summary>What a kind's own rules may see while one of its objects is saved or deleted.</summary>
public sealed class SaveContext(PosternDb db, Caller caller, IServiceProvider services, CancellationToken cancellation)
{
    readonly Dictionary<string, object?> before = new(StringComparer.Ordinal);

    public PosternDb Db { get; } = db;

    public Caller Caller { get; } = caller;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The object is being created.</summary>
    public bool IsNew { get; init; }

    /// <summary>The change comes from a blueprint, which may set fields the API may not.</summary>
    public bool FromBlueprint { get; init; }

    /// <summary>Fields that the input named.</summary>
    public IReadOnlySet<string> Given { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Values given for fields that live on no property (blueprint-only passwords, permissions), by field name.</summary>
    public Dictionary<string, object?> Extras { get; } = new(StringComparer.Ordinal);

    /// <summary>What a secret that the input named was before, as it is stored; null for a new object.</summary>
    public object? Before(string field) => before.GetValueOrDefault(field);

    internal void Remember(Field field, object entity) => before[field.Name] = field.Get(entity);

    /// <summary>What is wrong so far; rules add to it.</summary>
    public FieldErrors Errors { get; } = new();

    /// <summary>A rule refuses the change as a whole, whatever its fields say.</summary>
    public Fault? Refusal { get; set; }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
