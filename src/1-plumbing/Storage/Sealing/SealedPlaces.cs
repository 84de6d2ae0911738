using Postern.Storage.Kinds;

namespace Postern.Storage.Sealing;

/// <summary>All places of sealed texts: those that slices name, and the secrets of families' members.</summary>
public sealed class SealedPlaces(IEnumerable<SealedColumn> own, KindRegistry kinds)
{
    public IEnumerable<SealedColumn> All => own.Concat(
        from kind in kinds.All
        where kind.Base is not null
        from field in kind.Fields
        where field.Type is FieldType.Secret && !own.Any(o => o.Type == kind.Model && o.Member == field.Name)
        select SealedColumn.Of(kind, field));
}
