using System.Text.Json.Nodes;

namespace Postern.Brands;

/// <summary>How the product looks and which flows it uses for visitors of one domain.</summary>
public sealed class Brand
{
    public Guid Pk { get; set; } = Guid.NewGuid();

    /// <summary>Host name; subdomains count in.</summary>
    public string Domain { get; set; } = "";

    /// <summary>For hosts that no brand names.</summary>
    public bool Default { get; set; }

    public string BrandingTitle { get; set; } = "Postern";

    public string BrandingLogo { get; set; } = StandardLogo;

    public string BrandingFavicon { get; set; } = StandardFavicon;

    public string BrandingCustomCss { get; set; } = "";

    public string BrandingDefaultFlowBackground { get; set; } = StandardBackground;

    public string BrandingMapTiles { get; set; } = "";

    public Guid? FlowAuthentication { get; set; }

    public Guid? FlowUserSwitch { get; set; }

    public Guid? FlowInvalidation { get; set; }

    public Guid? FlowRecovery { get; set; }

    public Guid? FlowUnenrollment { get; set; }

    public Guid? FlowUserSettings { get; set; }

    public Guid? FlowDeviceCode { get; set; }

    public Guid? FlowLockdown { get; set; }

    public Guid? FlowRequest { get; set; }

    /// <summary>Where people go who may not enter the user interface.</summary>
    public Guid? DefaultApplication { get; set; }

    public Guid? WebCertificate { get; set; }

    public List<Guid> ClientCertificates { get; set; } = [];

    public JsonObject Attributes { get; set; } = [];

    public const string StandardLogo = "/static/dist/assets/icons/icon_left_brand.svg";
    public const string StandardBackground = "/static/dist/assets/images/flow_background.jpg";
    public const string StandardFavicon = "/static/dist/assets/icons/icon.png";

    /// <summary>The brand for a host: the longest domain that is the host or a parent of it, else the default one.</summary>
    public static Brand For(string host, IEnumerable<Brand> brands)
    {
        var name = host.Split(':')[0];
        var all = brands.ToList();
        return all.Where(b => b.Domain.Length > 0 && (name.Equals(b.Domain, StringComparison.OrdinalIgnoreCase) || name.EndsWith($".{b.Domain}", StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(b => b.Domain.Length).FirstOrDefault()
            ?? all.Find(b => b.Default)
            ?? new Brand { Domain = "fallback" };
    }
}
