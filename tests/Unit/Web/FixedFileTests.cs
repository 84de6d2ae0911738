using Postern.Brands;
using Postern.Pages.Static;

namespace Postern.Tests.Unit.Web;

public sealed class FixedFileTests
{
    /// <summary>A fresh installation shows no broken picture.</summary>
    [Fact]
    public void What_a_new_brand_points_at_is_there()
    {
        var brand = new Brand();
        foreach (var address in new[] { brand.BrandingLogo, brand.BrandingFavicon, brand.BrandingDefaultFlowBackground })
            FixedFile.All.ContainsKey(address.Replace("/static/dist/assets/", "", StringComparison.Ordinal)).ShouldBeTrue(address);
    }

    [Theory]
    [InlineData("icons/icon_left_brand.svg", "image/svg+xml", "<svg")]
    [InlineData("icons/icon.png", "image/png", "\u0089PNG")]
    [InlineData("images/flow_background.jpg", "image/jpeg", "\u00ff\u00d8\u00ff")]
    public void Each_is_what_it_says(string path, string contentType, string start)
    {
        var file = FixedFile.All[path];
        file.ContentType.ShouldBe(contentType);
        System.Text.Encoding.Latin1.GetString(file.Content).ShouldStartWith(start);
    }
}
