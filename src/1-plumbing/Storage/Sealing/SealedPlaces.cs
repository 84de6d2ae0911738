using Postern.Storage.Kinds;

namespace Postern.Storage.Sealing;

/// <summary>All places of sealed texts: those that slices name, and the secrets of families' members.</summary>
public sealed class SealedPlaces(IEnumerable<SealedColumn> own, KindRegistry kinds)
{
    public IEnumerable<SealedColumn> All => own.Concat(kinds.All.Where(kind => kind.Base is not null).SelectMany(Secrets));

    IEnumerable<SealedColumn> Secrets(ModelKind kind) =>
        kind.Fields.Where(f => f.Type is FieldType.Secret && !own.Any(o => o.Type == kind.Model && o.Member == f.Name)).Select(f => SealedColumn.Of(kind, f));
}
