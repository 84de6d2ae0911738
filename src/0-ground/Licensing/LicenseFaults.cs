using Postern.Kernel;

namespace Postern.Licensing;

/// <summary>Why a key is refused, in the words of the API's field <c>key</c>.</summary>
public static class LicenseFaults
{
    public static Fault Unverifiable => Fault.Field("key", "Unable to verify license");

    public static Fault OtherInstall => Fault.Field("key", "Invalid Install ID in license");
}
