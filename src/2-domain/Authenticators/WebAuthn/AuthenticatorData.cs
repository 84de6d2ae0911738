using System.Buffers.Binary;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;

namespace Postern.Authenticators.WebAuthn;

/// <summary>What an authenticator signed (WebAuthn level 3, section 6.1).</summary>
sealed record AuthenticatorData(byte[] RpIdHash, byte Flags, long SignCount, Guid Aaguid, byte[] CredentialId, byte[] PublicKey)
{
    const int HeaderBytes = 37;
    const int MostCredentialIdBytes = 1023;

    public bool UserPresent => (Flags & 0x01) != 0;

    public bool UserVerified => (Flags & 0x04) != 0;

    bool HasCredential => (Flags & 0x40) != 0;

    public bool IsFor(string rpId) => CryptographicOperations.FixedTimeEquals(RpIdHash, SHA256.HashData(Encoding.UTF8.GetBytes(rpId)));

    /// <summary>Null for bytes that are none.</summary>
    public static AuthenticatorData? Parse(byte[] bytes, bool withCredential)
    {
        if (bytes.Length < HeaderBytes)
            return null;
        var data = new AuthenticatorData(bytes[..32], bytes[32], BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(33)), Guid.Empty, [], []);
        if (!withCredential)
            return data;
        const int idAt = HeaderBytes + 18;
        if (!data.HasCredential || bytes.Length < idAt)
            return null;
        var idLength = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(HeaderBytes + 16));
        if (idLength is 0 or > MostCredentialIdBytes || bytes.Length < idAt + idLength)
            return null;
        var rest = bytes.AsMemory(idAt + idLength);
        try
        {
            var reader = new CborReader(rest, CborConformanceMode.Lax, allowMultipleRootLevelValues: true);
            reader.SkipValue();
            var key = rest[..(rest.Length - reader.BytesRemaining)].ToArray();
            return data with { Aaguid = new Guid(bytes.AsSpan(HeaderBytes, 16), bigEndian: true), CredentialId = bytes[idAt..(idAt + idLength)], PublicKey = key };
        }
        // A simple value in more bytes than it needs is told of by the latter.
        catch (Exception e) when (e is CborContentException or InvalidOperationException)
        {
            return null;
        }
    }
}
