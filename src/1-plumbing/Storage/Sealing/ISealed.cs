using Postern.Storage.Opening;

namespace Postern.Storage.Sealing;

/// <summary>An entity with a secret of which the database keeps what is sealed: opened when it is read, closed before it is saved.</summary>
public interface ISealed
{
    void Open(SecretSeal seal);

    /// <summary>Seals what changed, and what is sealed under a key of before.</summary>
    void Close(SecretSeal seal);
}
