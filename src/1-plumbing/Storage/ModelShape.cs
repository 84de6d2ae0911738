using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Postern.Storage.Kinds;
using Postern.Storage.Opening;

namespace Postern.Storage;

/// <summary>What the model of a program's database is made of.</summary>
public sealed class ModelShape(KindRegistry kinds, IEnumerable<ITables> tables, SecretSeal seal)
{
    public KindRegistry Kinds => kinds;

    internal SecretSeal Seal => seal;

    public IReadOnlyList<ITables> Tables { get; } = [.. tables];

    /// <summary>Alike where the parts are alike: programs of other parts in the same process have a model of their own.</summary>
    internal string Key { get; } = string.Join(' ', [.. kinds.All.Select(k => k.Name), .. tables.Select(t => t.GetType().FullName)]);
}

/// <summary>Keeps the models of several programs in one process apart.</summary>
sealed class ModelKey : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (((PosternDb)context).Shape.Key, designTime);
}
