using System.Runtime.InteropServices;

namespace Postern.Jose;

/// <summary>
/// The few functions of OpenSSL 3 behind Ed25519, which the framework has no API for. It is the library that the framework itself
/// rests on where there is one.
/// </summary>
static partial class LibCrypto
{
    /// <summary><c>NID_ED25519</c>.</summary>
    public const int Ed25519 = 1087;

    const string Library = "libcrypto.so.3";

    /// <summary>False on systems without OpenSSL 3.</summary>
    public static bool IsThere { get; } = OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Library, typeof(LibCrypto).Assembly, searchPath: null, out _);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    public static partial KeyHandle NewPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    public static partial KeyHandle NewPublicKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    public static partial int GetPublicKey(KeyHandle key, Span<byte> buffer, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    public static partial ContextHandle NewContext();

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    public static partial int BeginSign(ContextHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    public static partial int Sign(ContextHandle context, Span<byte> signature, ref nuint length, ReadOnlySpan<byte> data, nuint dataLength);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    public static partial int BeginVerify(ContextHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    public static partial int Verify(ContextHandle context, ReadOnlySpan<byte> signature, nuint length, ReadOnlySpan<byte> data, nuint dataLength);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    private static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void FreeContext(nint context);

    /// <summary>An <c>EVP_PKEY</c>.</summary>
    public sealed class KeyHandle() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            FreeKey(handle);
            return true;
        }
    }

    /// <summary>An <c>EVP_MD_CTX</c>, for one signature.</summary>
    public sealed class ContextHandle() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            FreeContext(handle);
            return true;
        }
    }
}
