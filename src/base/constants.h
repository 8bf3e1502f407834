// Numbers of mathematics and convention, each written here alone. What belongs to a model or a person is data.
#ifndef SR_BASE_CONSTANTS_H
#define SR_BASE_CONSTANTS_H

#define SR_PI 3.14159265358979323846
#define SR_DEGREE (SR_PI / 180.0)  // [rad]
#define SR_GRAVITY 9.80665         // standard gravity: the unit of body weights [m/s2] (3rd CGPM 1901)
#define SR_KCAL 4184.0             // thermochemical kilocalorie [J]
#endif
