// Draws the canvas through SDL's GPU renderers: a draw list's own buffers, page by page of the atlas.
#pragma once

#include <cstdint>
#include <vector>

#include "kiosk/ui/atlas.h"

struct ImDrawList;
struct SDL_Renderer;
struct SDL_Texture;

namespace kiosk::ui {

class GpuRenderer {
 public:
  explicit GpuRenderer(SDL_Renderer* renderer) : renderer_(renderer) {}
  ~GpuRenderer();
  GpuRenderer(const GpuRenderer&) = delete;
  GpuRenderer& operator=(const GpuRenderer&) = delete;

  // The whole frame, presented. False: it is that of the last call, and `force` is not set; nothing was drawn.
  bool render(const ImDrawList& list, Atlas& atlas, bool force);
  void drop_textures();  // the device was lost

 private:
  void upload(Atlas& atlas);
  SDL_Renderer* renderer_;
  std::vector<SDL_Texture*> textures_;
  std::uint64_t generation_ = 0, last_frame_ = 0;
  std::vector<std::uint32_t> rows_;
};

}  // namespace kiosk::ui
