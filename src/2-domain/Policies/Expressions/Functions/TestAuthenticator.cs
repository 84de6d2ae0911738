using Microsoft.Extensions.DependencyInjection;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>ak_user_has_authenticator(user, device_type=None)</c>: whether the user has a confirmed device.</summary>
sealed class TestAuthenticator : IExpressionFunction
{
    public string Name => "ak_user_has_authenticator";

    public async ValueTask<object?> CallAsync(ExpressionRun run, HostCall call)
    {
        call.Expect(2, "user", "device_type");
        if (ExpressionRun.UserOf(call.Require(0, "user")) is not { } user)
            return false;
        var type = call.Get(1, "device_type") as string;
        foreach (var devices in run.Own.GetServices<IUserDevices>())
        {
            if ((type is null || string.Equals(devices.DeviceType, type, StringComparison.Ordinal)) && await devices.HasConfirmedAsync(user, call.Cancellation))
                return true;
        }
        return false;
    }
}
