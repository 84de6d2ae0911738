using Microsoft.AspNetCore.Builder;

namespace Postern.Api;

/// <summary>A slice's part of every request, before the doors (sign-in, brand).</summary>
public interface IRequestStep
{
    /// <summary>Lower comes first: 100 addresses and proxies, 150 brand, 200 sign-in, 300 protection of doors.</summary>
    int Order { get; }

    void Use(IApplicationBuilder app);
}
