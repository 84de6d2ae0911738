namespace Postern.Notifications.Delivery;

/// <summary>A message was not delivered; the text says why, and the queue tries again.</summary>
sealed class DeliveryException(string message, Exception? inner = null) : Exception(message, inner);
