using Palermo.Identify.Recognition;

namespace Palermo.Identify.Indicators;

/// <summary>Sectors in which the contract buys labour where it is performed.</summary>
internal static class LabourSectors
{
    /// <summary>The gravest of the labour sectors recognised; null if there is none.</summary>
    public static RecognisedSector? Of(ProcessReading reading)
    {
        RecognisedSector? gravest = null;
        foreach (var sector in reading.Sectors)
        {
            if (sector.Sector.Kind != "goods" && (gravest is null || sector.Sector.Severity > gravest.Sector.Severity))
            {
                gravest = sector;
            }
        }

        return gravest;
    }
}
