using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Postern.Directory.Passwords;

/// <summary>
/// PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2), of one block, in half the framework's time where OpenSSL 3 lets us: HMAC's two padded keys are compressed once, not at every repetition
/// (RFC 2104 section 4 allows for it), so that a repetition costs two compressions. Elsewhere, and where a trial at first use gives anything else than the framework, it is the framework's.
/// </summary>
static partial class Pbkdf2Sha256
{
    const string Library = "libcrypto.so.3";
    const int BlockSize = 64;
    const int Words = SHA256.HashSizeInBytes / sizeof(uint);
    // SHA256_CTX: eight words of state, then what SHA256_Transform leaves alone.
    const int ContextWords = 28;
    // Of a message of one padded key and one hash, in bits.
    const ushort MessageBits = (BlockSize + SHA256.HashSizeInBytes) * 8;

    /// <summary>Whether the short way is taken on this machine.</summary>
    public static bool IsFast { get; } = OperatingSystem.IsLinux() && HasTransform() && AgreesWithFramework();

    public static byte[] Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int iterations) =>
        IsFast ? Short(password, salt, iterations) : Framework(password, salt, iterations);

    internal static byte[] Framework(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);

    internal static byte[] Short(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int iterations)
    {
        Span<byte> key = stackalloc byte[BlockSize];
        key.Clear();
        if (password.Length > BlockSize)
            SHA256.HashData(password, key);
        else
            password.CopyTo(key);
        Span<uint> inner = stackalloc uint[ContextWords];
        Span<uint> outer = stackalloc uint[ContextWords];
        Span<uint> state = stackalloc uint[ContextWords];
        Start(inner, key, 0x36);
        Start(outer, key, 0x5c);

        byte[] first = [.. salt, 0, 0, 0, 1];
        // A hash, and the padding that ends the message (FIPS 180-4 section 5.1.1).
        Span<byte> block = stackalloc byte[BlockSize];
        block.Clear();
        HMACSHA256.HashData(password, first, block);
        block[SHA256.HashSizeInBytes] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(block[^sizeof(ushort)..], MessageBits);
        Span<uint> hash = MemoryMarshal.Cast<byte, uint>(block)[..Words];

        Span<uint> sum = stackalloc uint[Words];
        hash.CopyTo(sum);
        for (var i = 1; i < iterations; i++)
        {
            inner.CopyTo(state);
            Compress(state, block);
            Write(state, hash);
            outer.CopyTo(state);
            Compress(state, block);
            Write(state, hash);
            for (var w = 0; w < Words; w++)
                sum[w] ^= hash[w];
        }
        var derived = MemoryMarshal.AsBytes(sum).ToArray();
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(block);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(inner));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(outer));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(state));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(sum));
        return derived;
    }

    /// <summary>The state after the key, padded with one of HMAC's two bytes.</summary>
    static void Start(Span<uint> context, ReadOnlySpan<byte> key, byte pad)
    {
        Span<byte> padded = stackalloc byte[BlockSize];
        for (var i = 0; i < BlockSize; i++)
            padded[i] = (byte)(key[i] ^ pad);
        if (Begin(context) != 1)
            throw new CryptographicException("OpenSSL refused to begin a hash.");
        Compress(context, padded);
        CryptographicOperations.ZeroMemory(padded);
    }

    /// <summary>The words of a state as SHA-256 writes them: the high byte first.</summary>
    static void Write(ReadOnlySpan<uint> state, Span<uint> hash)
    {
        if (BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(state[..Words], hash);
        else
            state[..Words].CopyTo(hash);
    }

    static bool HasTransform() =>
        NativeLibrary.TryLoad(Library, typeof(Pbkdf2Sha256).Assembly, searchPath: null, out var library) && NativeLibrary.TryGetExport(library, "SHA256_Transform", out _);

    static bool AgreesWithFramework()
    {
        var password = "a password that is longer than the block of sixty-four bytes of the hash"u8;
        var salt = "salt"u8;
        return Short(password, salt, 3).AsSpan().SequenceEqual(Framework(password, salt, 3)) && Short(salt, password, 2).AsSpan().SequenceEqual(Framework(salt, password, 2));
    }

    [LibraryImport(Library, EntryPoint = "SHA256_Init")]
    private static partial int Begin(Span<uint> context);

    // Takes well below a microsecond and waits for nothing, so that the thread need not change its state for the collector.
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "SHA256_Transform")]
    private static partial void Compress(Span<uint> context, ReadOnlySpan<byte> block);
}
