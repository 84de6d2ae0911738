using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Postern.Jose;

/// <summary>An Ed25519 key (RFC 8032), with the encodings of RFC 8410. Several threads may use it at a time.</summary>
public sealed class Ed25519Key : AsymmetricAlgorithm
{
    /// <summary>Object identifier of the algorithm (RFC 8410 section 3).</summary>
    public const string Oid = "1.3.101.112";

    const int Size = 32;
    const int SignatureSize = 64;

    byte[]? secret;
    byte[] point = [];
    LibCrypto.KeyHandle? handle;

    /// <summary>Whether this system can work with such keys.</summary>
    public static bool IsSupported => LibCrypto.IsThere;

    public override string SignatureAlgorithm => Oid;

    public override string? KeyExchangeAlgorithm => null;

    /// <summary>The public key: 32 bytes.</summary>
    public ReadOnlySpan<byte> Point => point;

    public bool HasSecret => secret is not null;

    public static Ed25519Key Generate() => OfSecret(RandomNumberGenerator.GetBytes(Size));

    /// <summary>A key that only verifies.</summary>
    public static Ed25519Key OfPoint(byte[] point)
    {
        var key = new Ed25519Key();
        key.SetPoint(point);
        return key;
    }

    static Ed25519Key OfSecret(byte[] secret)
    {
        var key = new Ed25519Key();
        key.SetSecret(secret);
        return key;
    }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        if (secret is null)
            throw new CryptographicException("The key has no private part.");
        using var context = LibCrypto.NewContext();
        var (signature, length) = (new byte[SignatureSize], (nuint)SignatureSize);
        return LibCrypto.BeginSign(context, 0, 0, 0, handle!) == 1 && LibCrypto.Sign(context, signature, ref length, data, (nuint)data.Length) == 1
            ? signature
            : throw new CryptographicException("OpenSSL did not sign.");
    }

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureSize || handle is null)
            return false;
        using var context = LibCrypto.NewContext();
        return LibCrypto.BeginVerify(context, 0, 0, 0, handle) == 1 && LibCrypto.Verify(context, signature, (nuint)signature.Length, data, (nuint)data.Length) == 1;
    }

    public override void ImportPkcs8PrivateKey(ReadOnlySpan<byte> source, out int bytesRead)
    {
        try
        {
            var outer = new AsnReader(source.ToArray(), AsnEncodingRules.DER);
            var key = outer.ReadSequence();
            key.ReadInteger();
            if (key.ReadSequence().ReadObjectIdentifier() != Oid)
                throw new CryptographicException("Not an Ed25519 key.");
            SetSecret(new AsnReader(key.ReadOctetString(), AsnEncodingRules.DER).ReadOctetString());
            bytesRead = source.Length;
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException("Not a private key.", e);
        }
    }

    public override bool TryExportPkcs8PrivateKey(Span<byte> destination, out int bytesWritten)
    {
        if (secret is null)
            throw new CryptographicException("The key has no private part.");
        var inner = new AsnWriter(AsnEncodingRules.DER);
        inner.WriteOctetString(secret);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            WriteAlgorithm(writer);
            writer.WriteOctetString(inner.Encode());
        }
        return writer.TryEncode(destination, out bytesWritten);
    }

    public override bool TryExportSubjectPublicKeyInfo(Span<byte> destination, out int bytesWritten)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteAlgorithm(writer);
            writer.WriteBitString(point);
        }
        return writer.TryEncode(destination, out bytesWritten);
    }

    /// <summary>The algorithm's identifier, which has no parameters (RFC 8410 section 3).</summary>
    internal static void WriteAlgorithm(AsnWriter writer)
    {
        using var sequence = writer.PushSequence();
        writer.WriteObjectIdentifier(Oid);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            handle?.Dispose();
        if (secret is not null)
            CryptographicOperations.ZeroMemory(secret);
        base.Dispose(disposing);
    }

    void SetSecret(byte[] bytes)
    {
        Require(bytes);
        handle = LibCrypto.NewPrivateKey(LibCrypto.Ed25519, 0, bytes, Size);
        var (buffer, length) = (new byte[Size], (nuint)Size);
        if (handle.IsInvalid || LibCrypto.GetPublicKey(handle, buffer, ref length) != 1)
            throw new CryptographicException("Not an Ed25519 key.");
        (secret, point, KeySizeValue) = (bytes, buffer, 256);
    }

    void SetPoint(byte[] bytes)
    {
        Require(bytes);
        handle = LibCrypto.NewPublicKey(LibCrypto.Ed25519, 0, bytes, Size);
        if (handle.IsInvalid)
            throw new CryptographicException("Not an Ed25519 key.");
        (point, KeySizeValue) = (bytes, 256);
    }

    static void Require(byte[] bytes)
    {
        if (!IsSupported || bytes.Length != Size)
            throw new CryptographicException(IsSupported ? "An Ed25519 key has 32 bytes." : "Ed25519 needs OpenSSL 3, which this system does not have.");
    }
}
